import { and, eq, type SQL, sql } from 'drizzle-orm'
import { listAsTable } from '#db/list-as-table'
import { customerTable, groupTable, membershipTable, ruleMomentTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick } from '#db/statement-builders'
import type { ValuesOf } from '#db/use-case'
import { appendManyEventsParams } from '#query/outbox'

export const judgedRuleParams = pick(groupTable, 'key', 'ruleNumber')

const verdict = {
  groupKey: groupTable.key,
  customerId: customerTable.id,
  /** The customer's numbers at the judgement. A membership by hand beside a rule changes only the version. */
  sequence: customerTable.sequence,
  version: customerTable.version,
  fits: sqlType.flag,
  /** The moment at which time alone may change this verdict; null: never. */
  nextAt: sqlType.orNull(sqlType.moment),
}
export type Verdict = ValuesOf<typeof verdict>

export const verdictParams = {
  ...appendManyEventsParams,
  verdicts: sqlType.json<readonly Verdict[]>(),
  /** The rules behind the verdicts: the rules of their groups, and of the groups that these rules read. */
  rules: sqlType.json<readonly ValuesOf<typeof judgedRuleParams>[]>(),
  customers: sqlType.texts,
  /** The jobs that are done with these verdicts. */
  jobs: sqlType.texts,
}
export type VerdictParams = ValuesOf<typeof verdictParams>

/**
 * The verdicts as a table, each with its customer, its membership and its moment as they are stored. `limit 1` makes each of these a separate look-up per verdict. Otherwise a cached plan could join whole tables.
 */
export function verdictTable(p: VerdictParams) {
  const { from, columns: v } = listAsTable('verdict', p.verdicts, verdict)
  const customer = db
    .select(pick(customerTable, 'sequence', 'version', 'listed'))
    .from(customerTable)
    .where(and(eq(customerTable.tenant, p.tenant), sql`${customerTable.id} = ${v.customerId}`))
    .limit(1)
    .as('of_verdict')
  const membership = db
    .select({
      place: sql`${membershipTable}.ctid`.as('membership_place'),
      ...pick(membershipTable, 'source', 'byRule'),
    })
    .from(membershipTable)
    .where(
      and(
        eq(membershipTable.tenant, p.tenant),
        sql`${membershipTable.groupKey} = ${v.groupKey}`,
        sql`${membershipTable.customerId} = ${v.customerId}`,
      ),
    )
    .limit(1)
    .as('membership_of_verdict')
  const moment = db
    .select({
      place: sql`${ruleMomentTable}.ctid`.as('moment_place'),
      ...pick(ruleMomentTable, 'nextAt'),
    })
    .from(ruleMomentTable)
    .where(
      and(
        eq(ruleMomentTable.tenant, p.tenant),
        sql`${ruleMomentTable.groupKey} = ${v.groupKey}`,
        sql`${ruleMomentTable.customerId} = ${v.customerId}`,
      ),
    )
    .limit(1)
    .as('moment_of_verdict')
  const isFresh = and(
    sql`${customer.sequence} = ${v.sequence}`,
    sql`${customer.version} = ${v.version}`,
  )
  const tables = sql`${from} cross join lateral ${customer}
    left join lateral ${membership} on true left join lateral ${moment} on true`
  return {
    ...{ v, customer, membership, moment, tables },
    /** The verdicts about customers who have not changed since. @param when what they say. */
    fresh: (when: SQL | undefined) => sql`from ${tables} where ${and(isFresh, when)}`,
  }
}

/** Whether a row is one of those that verdicts have found. An array is computed once. */
export const isRowOfVerdicts = (place: SQL.Aliased, found: SQL) =>
  sql`ctid = any(array(select ${place} ${found}))`
