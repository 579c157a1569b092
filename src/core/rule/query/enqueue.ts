import { and, eq, exists, isNotNull, isNull, or, sql } from 'drizzle-orm'
import { db, isAny } from '#db/builder'
import { jsonbOf } from '#db/document'
import { kind } from '#db/kind'
import { eventTable, groupTable, jobTable } from '#db/schema'
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
 * Enqueues a job for each customer of the events that jobs announce, in a shop with rules. An event by which a rule added or removed somebody
 * counts only if other rules read its group. Most often the same commit has judged them, but one of them may be newer.
 */
export function enqueueJudging(p: Params) {
  const changed = db.$with('changed_customer').as(
    db
      .selectDistinct({ customerId: eventTable.customerId })
      .from(jobTable)
      .innerJoin(
        eventTable,
        and(
          eq(eventTable.tenant, jobTable.tenant),
          sql`${eventTable.id} = ${jobTable.payload} ->> 'event'`,
        ),
      )
      .where(
        and(
          eq(jobTable.tenant, p.tenant),
          isAny(jobTable.id, p.ids),
          isNotNull(eventTable.customerId),
          exists(
            db
              .select({ key: groupTable.key })
              .from(groupTable)
              .where(
                and(
                  eq(groupTable.tenant, p.tenant),
                  isNotNull(groupTable.rule),
                  isNull(groupTable.dissolvedAt),
                  or(
                    sql`${eventTable.data} ->> 'source' is distinct from 'rule'`,
                    sql`${eventTable.data} ->> 'group' = any(${groupTable.ruleReads})`,
                  ),
                ),
              ),
          ),
        ),
      ),
  )
  const place = kind.int(sql`(row_number() over (order by ${changed.customerId}) - 1)::int`)
  return enqueueJob(p, {
    id: nthId(p.judge, place),
    kind: 'judge',
    payload: jsonbOf({ customer: changed.customerId }),
    from: sql`from ${changed}`,
    ctes: [changed],
  })
}
