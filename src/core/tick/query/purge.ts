import { lt } from 'drizzle-orm'
import { kind } from '#db/kind'
import { tickTable } from '#db/schema'
import { useCase } from '#db/use-case'
import { purgeRows } from '#query/context'

/** Which tasks ran long ago. */
export const purgeTicks = useCase('purge_ticks', { before: kind.moment }, (p) => [
  purgeRows(tickTable, lt(tickTable.scheduledAt, p.before)),
])
