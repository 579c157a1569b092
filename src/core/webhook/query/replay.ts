import { and, eq, notExists, or, sql } from 'drizzle-orm'
import { db, given, pick, refuseWhen } from '#db/builder'
import { jsonbOf } from '#db/document'
import { kind } from '#db/kind'
import { eventTable, jobTable, webhookTable } from '#db/schema'
import { newJob, noAnswer, useCase } from '#db/use-case'
import { endpointRefusals } from '#lock/webhook'
import { enqueueJob } from '#query/outbox'

/** Greater than any id: the events of that very moment are outside. */
const AFTER_ALL = '~'

/**
 * Enqueues the replay of a range of events to a webhook. Each bound is an event or a moment. Refuses `webhook_not_found`,
 * `webhook_disabled`, `event_not_found` for a bound that is not there any more.
 */
export const replayToWebhook = useCase(
  'replay_to_webhook',
  {
    ...pick(webhookTable, 'tenant', 'id'),
    after: kind.orNull(kind.moment),
    afterEvent: kind.orNull(kind.text),
    before: kind.orNull(kind.moment),
    beforeEvent: kind.orNull(kind.text),
    job: newJob('replay'),
    now: jobTable.createdAt,
  },
  (p) => {
    const event = (id: string | null) =>
      db
        .select(pick(eventTable, 'at'))
        .from(eventTable)
        .where(and(eq(eventTable.tenant, p.tenant), sql`${eventTable.id} = ${id}`))
    const isGone = (id: string | null) => and(given(id), notExists(event(id)))
    const momentOf = (moment: string | null, id: string | null) =>
      sql`coalesce(${moment}, (${event(id)}))`
    return [
      refuseWhen({
        ...endpointRefusals(p),
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
