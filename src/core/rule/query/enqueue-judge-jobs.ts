import { and, eq, exists, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm'
import { jsonbOf } from '#db/document'
import { eventTable, groupTable, jobTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, isAnyOf, pick } from '#db/statement-builders'
import { enqueueJob, nthId } from '#query/outbox'

type Params = {
  readonly tenant: string
  readonly now: string
  /** Jobs that announce events. */
  readonly ids: readonly string[]
  /** The first of the jobs that judge. */
  readonly judge: string
}

/**
 * Enqueues a job for each customer of the events that jobs announce, in a shop with rules. Membership events that a rule caused count only if another rule reads the group. Usually that rule was judged in the same commit, but it may be newer.
 */
export function enqueueJudgeJobs(p: Params) {
  const announced = db
    .select({ event: sql`${jobTable.payload} ->> 'event'` })
    .from(jobTable)
    .where(and(eq(jobTable.tenant, p.tenant), isAnyOf(jobTable.id, p.ids)))
  const hasRule = (which?: SQL) =>
    exists(
      db
        .select({ key: groupTable.key })
        .from(groupTable)
        .where(
          and(
            eq(groupTable.tenant, p.tenant),
            isNotNull(groupTable.rule),
            isNull(groupTable.dissolvedAt),
            which,
          ),
        ),
    )
  const changed = db.$with('changed_customer').as(
    db
      .selectDistinct(pick(eventTable, 'customerId'))
      .from(eventTable)
      .where(
        and(
          hasRule(),
          eq(eventTable.tenant, p.tenant),
          // Not a join, which a cached plan may do by all events.
          sql`${eventTable.id} = any(array(${announced}))`,
          isNotNull(eventTable.customerId),
          or(
            sql`${eventTable.data} ->> 'source' is distinct from 'rule'`,
            hasRule(sql`${eventTable.data} ->> 'group' = any(${groupTable.ruleReads})`),
          ),
        ),
      ),
  )
  const place = sqlType.int(sql`(row_number() over (order by ${changed.customerId}) - 1)::int`)
  return enqueueJob(p, {
    id: nthId(p.judge, place),
    kind: 'judge',
    payload: jsonbOf({ customer: changed.customerId }),
    from: sql`from ${changed}`,
    ctes: [changed],
  })
}
