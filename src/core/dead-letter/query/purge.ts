import { lt } from 'drizzle-orm'
import { deadLetterTable } from '#db/schema'
import { purgeUseCase } from '#query/context'

/** Dead letters that are older than events may be. */
export const purgeDeadLetters = purgeUseCase('purge_dead_letters', deadLetterTable, (before) =>
  lt(deadLetterTable.createdAt, before),
)
