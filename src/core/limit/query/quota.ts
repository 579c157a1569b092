import { and, eq, type SQL, sql } from 'drizzle-orm'
import { listAsTable } from '#db/list-as-table'
import { type quotaAlarmNames, quotaTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, insertFrom } from '#db/statement-builders'
import type { ValuesOf } from '#db/use-case'

/**
 * When a bound holds something back. always; unproven: only mails to an unproven address; while_linked: only while the
 * newest mail of that purpose holds a working link, so that the owner of an inbox always has one.
 */
type Holds = 'always' | 'unproven' | 'while_linked'

const bound = {
  name: sqlType.text,
  key: quotaTable.key,
  most: sqlType.int,
  /** The time in which `most` may be done. */
  seconds: sqlType.int,
  /** The shortest time in seconds between two counted actions. */
  apart: sqlType.int,
  holds: sqlType.textOf<Holds>(),
  alarm: sqlType.orNull(sqlType.textOf<(typeof quotaAlarmNames)[number]>()),
  /** It counts in place of the others if the device is known. */
  isDevices: sqlType.flag,
}
export type QuotaBound = ValuesOf<typeof bound>

export const spendQuotaParams = {
  tenant: quotaTable.tenant,
  now: quotaTable.since,
  bounds: sqlType.json<readonly QuotaBound[]>(),
}
type Spending = ValuesOf<typeof spendQuotaParams>

type About = {
  /** Whether the counted action concerns an unproven address. */
  readonly isUnproven: SQL
  /** Whether the newest mail of that purpose holds a working link. */
  readonly isLinked: SQL
  /** Whether the device is known. */
  readonly isFromDevice: SQL
}

/**
 * Counts one more under all bounds, or under none if one of them holds it back. Bounds that do not apply are written too. So the time of the work reveals nothing. `isAdmitted` says the outcome, as a condition of the statement that has these parts.
 */
export function spendQuota(p: Spending, { isUnproven, isLinked, isFromDevice }: About) {
  const { from, columns } = listAsTable('asked', p.bounds, bound)
  const isOver = sql`coalesce(${quotaTable.since} <= ${p.now} - ${columns.seconds} * interval '1 second', true)`
  const isGivenBack = sql`(${columns.holds} = 'while_linked' and not ${isLinked})`
  const asked = db.$with('bound').as(
    db
      .select({
        key: sql<string>`${columns.key}`.as('bound_key'),
        most: sql<number>`${columns.most}`.as('most'),
        alarm: sql<(typeof quotaAlarmNames)[number] | null>`${columns.alarm}`.as('bound_alarm'),
        counts: sql<boolean>`(${columns.holds} <> 'unproven' or ${isUnproven})`.as('counts'),
        seconds: sql<number>`${columns.seconds}`.as('bound_seconds'),
        isGivenBack: sql<boolean>`${isGivenBack}`.as('is_given_back'),
        startsAnew: sql<boolean>`(${isOver} or ${isGivenBack})`.as('starts_anew'),
        isTooSoon:
          sql<boolean>`coalesce(${columns.apart} > 0 and ${quotaTable.lastAt} > ${p.now} - ${columns.apart} * interval '1 second', false)`.as(
            'is_too_soon',
          ),
        used: sql<number>`coalesce(${quotaTable.count}, 0)`.as('used'),
      })
      .from(sql`${from}`)
      .leftJoin(
        quotaTable,
        and(eq(quotaTable.tenant, p.tenant), sql`${quotaTable.key} = ${columns.key}`),
      )
      .where(sql`${columns.isDevices} = ${isFromDevice}`),
  )
  const isHeld = sql`exists (select from ${asked} where counts and not starts_anew and (used >= most or is_too_soon))`
  const present = (column: string) =>
    sql`(select ${sql.raw(column)} from ${asked} where bound_key = ${quotaTable.key})`
  // Another commit may have counted, or begun the next time, since this one has looked: the row says it.
  const startsAnew = sql`(${quotaTable.since} <= ${p.now} - ${present('bound_seconds')} * interval '1 second' or ${present('is_given_back')})`
  const before = sql`case when ${startsAnew} then 0 else ${quotaTable.count} end`
  const counted = db.$with('counted').as(
    insertFrom(
      quotaTable,
      {
        tenant: p.tenant,
        key: sql<string>`bound_key`,
        since: p.now,
        count: sql<number>`counts::int`,
        lastAt: p.now,
        alarm: sql`bound_alarm`,
      },
      sql`from ${asked} where not ${isHeld} order by bound_key`,
      [],
    )
      .onConflictDoUpdate({
        target: [quotaTable.tenant, quotaTable.key],
        set: {
          count: sql`${before} + excluded.count`,
          since: sql`case when ${startsAnew} then excluded.since else ${quotaTable.since} end`,
          lastAt: sql`case when excluded.count > 0 then excluded.last_at else ${quotaTable.lastAt} end`,
          isUntold: sql`${quotaTable.isUntold} or (excluded.alarm is not null and excluded.count > 0 and ${before} + 1 = ${present('most')})`,
        },
        setWhere: sql`excluded.count = 0 or ${startsAnew} or ${quotaTable.count} < ${present('most')}`,
      })
      .returning({ key: quotaTable.key }),
  )
  return {
    ctes: [asked, counted],
    isAdmitted: sql`(select count(*) from ${counted}) = (select count(*) from ${asked})`,
  }
}
