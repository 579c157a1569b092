import { and, eq, isNull, sql } from 'drizzle-orm'
import { listAsTable } from '#db/list-as-table'
import { groupTable } from '#db/schema'
import { db, refuseWhen } from '#db/statement-builders'
import { judgedRuleParams, type VerdictParams } from './verdict.ts'

/**
 * Locks the groups of rules against a change of their rules and against deletion. Refuses `precondition_failed` if one has changed since it
 * was read.
 */
export function holdRules(p: VerdictParams) {
  const { from, columns } = listAsTable('judged', p.rules, judgedRuleParams)
  const isOfTenant = eq(groupTable.tenant, p.tenant)
  const present = db
    .select({ key: groupTable.key })
    .from(groupTable)
    .where(
      and(
        isOfTenant,
        sql`${groupTable.key} = ${columns.key}`,
        sql`${groupTable.ruleNumber} = ${columns.ruleNumber}`,
        isNull(groupTable.dissolvedAt),
      ),
    )
  return [
    db
      .select({ key: groupTable.key })
      .from(groupTable)
      .where(and(isOfTenant, sql`${groupTable.key} in (select ${columns.key} from ${from})`))
      .orderBy(groupTable.key)
      .for('key share'),
    refuseWhen({
      precondition_failed: sql`exists (select from ${from} where not exists (${present}))`,
    }),
  ]
}
