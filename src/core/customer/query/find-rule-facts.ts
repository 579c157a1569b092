import { and, eq } from 'drizzle-orm'
import { customerTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, isAnyOf, pick } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { ruleFactsSelection } from './selection.ts'

/** What rules read of some customers, by their ids. */
export const findRuleFacts = useCase(
  'find_rule_facts',
  { tenant: customerTable.tenant, ids: sqlType.texts },
  (p) => [
    db
      .select({ ...pick(customerTable, 'id', 'email'), facts: ruleFactsSelection(customerTable) })
      .from(customerTable)
      .where(and(eq(customerTable.tenant, p.tenant), isAnyOf(customerTable.id, p.ids)))
      .orderBy(customerTable.id),
  ],
)
