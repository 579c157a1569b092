import { and, eq } from 'drizzle-orm'
import { db, isAny, pick } from '#db/builder'
import { kind } from '#db/kind'
import { customerTable } from '#db/schema'
import { useCase } from '#db/use-case'
import { factsSelection } from './selection.ts'

/** What rules read of some customers, by their ids. */
export const findFacts = useCase(
  'find_facts',
  { tenant: customerTable.tenant, ids: kind.texts },
  (p) => [
    db
      .select({ ...pick(customerTable, 'id', 'email'), facts: factsSelection(customerTable) })
      .from(customerTable)
      .where(and(eq(customerTable.tenant, p.tenant), isAny(customerTable.id, p.ids)))
      .orderBy(customerTable.id),
  ],
)
