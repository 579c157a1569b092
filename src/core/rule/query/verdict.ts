import { and, eq, type SQL, sql } from 'drizzle-orm'
import { db, pick } from '#db/builder'
import { kind } from '#db/kind'
import { recordsOf } from '#db/record'
import { customerTable, groupTable, membershipTable, ruleMomentTable } from '#db/schema'
import type { ValuesOf } from '#db/use-case'
import { appendingEach } from '#query/outbox'

export const judgedRule = pick(groupTable, 'key', 'ruleNumber')

const verdict = {
  groupKey: groupTable.key,
  customerId: customerTable.id,
  /** Those of the customer when the verdict was found. A hand beside a rule comes and goes with a version only. */
  sequence: customerTable.sequence,
  version: customerTable.version,
  fits: kind.flag,
  /** When this may change because time passes; null: never. */
  nextAt: kind.orNull(kind.moment),
}
export type Verdict = ValuesOf<typeof verdict>

export const verdictParams = {
  ...appendingEach,
  verdicts: kind.json<readonly Verdict[]>(),
  /** The rules behind the verdicts: the rules of their groups, and of the groups that these rules read. */
  rules: kind.json<readonly ValuesOf<typeof judgedRule>[]>(),
  customers: kind.texts,
  /** The jobs that are done with these verdicts. */
  jobs: kind.texts,
}
export type VerdictParams = ValuesOf<typeof verdictParams>

/**
 * The verdicts as a table, each with its customer, its membership and its moment as they are stored. Each of these is a look-up of its own
 * for each verdict (`limit 1`): a cached plan could join whole tables.
 */
export function verdictTable(p: VerdictParams) {
  const { from, columns: v } = recordsOf('verdict', p.verdicts, verdict)
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
export const isAt = (place: SQL.Aliased, found: SQL) =>
  sql`ctid = any(array(select ${place} ${found}))`
