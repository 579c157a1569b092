import { and, desc, eq, lt, sql } from 'drizzle-orm'
import { db } from '#db/builder'
import { deadLetterTable } from '#db/schema'
import { useCase } from '#db/use-case'
import { countUpTo, keyset } from '#query/page'
import { deadLetterSelection } from './selection.ts'

/** The dead letters of a tenant, the newest first. */
export const listDeadLetters = useCase(
  'list_dead_letters',
  { tenant: deadLetterTable.tenant, ...keyset },
  (p) => {
    const isOurs = eq(deadLetterTable.tenant, p.tenant)
    const { counted, total } = countUpTo(p.most, deadLetterTable, isOurs)
    const page = db
      .select()
      .from(deadLetterTable)
      .where(and(isOurs, lt(deadLetterTable.id, p.after)))
      .orderBy(desc(deadLetterTable.id))
      .limit(p.limit)
      .as('page')
    return [
      db
        .select({ total, item: deadLetterSelection(page) })
        .from(counted)
        .leftJoin(page, sql`true`)
        .orderBy(desc(page.id)),
    ]
  },
)
