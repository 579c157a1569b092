import { and, eq, notExists, or, sql } from 'drizzle-orm'
import { jsonbOf } from '#db/document'
import { eventTable, jobTable, webhookTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, isArgumentGiven, pick, refuseWhen } from '#db/statement-builders'
import { newJobParameter, noAnswer, useCase } from '#db/use-case'
import { missingOrDisabledWebhookRefusals } from '#lock/webhook'
import { enqueueJob } from '#query/outbox'

/** Greater than any id. So a moment as a bound excludes the events at that moment. */
const AFTER_ALL = '~'

/**
 * Enqueues the replay of a range of events to a webhook. Each bound is an event or a moment. Refuses `webhook_not_found`,
 * `webhook_disabled`, `event_not_found` for a bound that is not stored any more.
 */
export const enqueueReplayOfRange = useCase(
  'enqueue_replay_of_range',
  {
    ...pick(webhookTable, 'tenant', 'id'),
    after: sqlType.orNull(sqlType.moment),
    afterEvent: sqlType.orNull(sqlType.text),
    before: sqlType.orNull(sqlType.moment),
    beforeEvent: sqlType.orNull(sqlType.text),
    job: newJobParameter('replay'),
    now: jobTable.createdAt,
  },
  (p) => {
    const event = (id: string | null) =>
      db
        .select(pick(eventTable, 'at'))
        .from(eventTable)
        .where(and(eq(eventTable.tenant, p.tenant), sql`${eventTable.id} = ${id}`))
    const isGone = (id: string | null) => and(isArgumentGiven(id), notExists(event(id)))
    const momentOf = (moment: string | null, id: string | null) =>
      sql`coalesce(${moment}, (${event(id)}))`
    return [
      refuseWhen({
        ...missingOrDisabledWebhookRefusals(p),
        event_not_found: or(isGone(p.afterEvent), isGone(p.beforeEvent)),
      }),
      enqueueJob(p, {
        id: p.job,
        kind: 'replay',
        payload: jsonbOf({
          webhook: sql`${p.id}`,
          afterAt: momentOf(p.after, p.afterEvent),
          afterId: sql`coalesce(${p.afterEvent}, ${AFTER_ALL})`,
          beforeAt: momentOf(p.before, p.beforeEvent),
          beforeId: sql`coalesce(${p.beforeEvent}, '')`,
        }),
      }),
      noAnswer,
    ]
  },
)
