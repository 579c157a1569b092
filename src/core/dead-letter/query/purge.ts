import { lt } from 'drizzle-orm'
import { deadLetterTable } from '#db/schema'
import { purgeOf } from '#query/context'

/** Dead letters that are as old as the oldest events. */
export const purgeDeadLetters = purgeOf('purge_dead_letters', deadLetterTable, (before) =>
  lt(deadLetterTable.createdAt, before),
)
