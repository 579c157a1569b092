import { and, desc, eq, lt } from 'drizzle-orm'
import { db } from '#db/builder'
import { kind } from '#db/kind'
import { deadLetterTable } from '#db/schema'
import { useCase } from '#db/use-case'
import { countUpTo, keyset } from '#query/page'
import { deadLetterSelection } from './selection.ts'

/** The dead letters of a tenant, newest first. */
export const listDeadLetters = useCase(
  'list_dead_letters',
  { tenant: deadLetterTable.tenant, ...keyset },
  (p) => {
    return [
      db
        .select({ item: deadLetterSelection(deadLetterTable) })
        .from(deadLetterTable)
        .where(and(eq(deadLetterTable.tenant, p.tenant), lt(deadLetterTable.id, p.after)))
        .orderBy(desc(deadLetterTable.id))
        .limit(p.limit),
    ]
  },
)

export const countDeadLetters = useCase(
  'count_dead_letters',
  { tenant: deadLetterTable.tenant, most: kind.int },
  (p) => [countUpTo(p.most, deadLetterTable, eq(deadLetterTable.tenant, p.tenant))],
)
