import { and, eq, notExists, or, sql } from 'drizzle-orm'
import { deliveryTable, eventTable, webhookTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, refuseWhen } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { missingOrDisabledWebhookRefusals } from '#lock/webhook'
import { createOrRestartDeliveries } from './create-or-restart.ts'
import { tenantAndIdOfWebhook } from './webhook-of-delivery.ts'

/**
 * Sends an event once more to one endpoint or to all. The rows are the endpoints that asked for such events. Refuses
 * `event_not_found`, `webhook_not_found`, `webhook_disabled`.
 */
export const replayEvent = useCase(
  'replay_event',
  {
    tenant: deliveryTable.tenant,
    now: deliveryTable.createdAt,
    delivery: deliveryTable.id,
    eventId: deliveryTable.eventId,
    webhookId: deliveryTable.webhookId,
    /** Whether to send to every endpoint that asked for such events, or only to this one. */
    toAll: sqlType.flag,
  },
  (p) => {
    const event = db
      .select({ id: eventTable.id })
      .from(eventTable)
      .where(and(eq(eventTable.tenant, p.tenant), eq(eventTable.id, p.eventId)))
    const toOne = sql`not ${p.toAll}`
    const refusals = missingOrDisabledWebhookRefusals(tenantAndIdOfWebhook(p))
    return [
      refuseWhen({
        event_not_found: notExists(event),
        webhook_not_found: and(toOne, refusals.webhook_not_found),
        webhook_disabled: and(toOne, refusals.webhook_disabled),
      }),
      createOrRestartDeliveries(
        p,
        and(eq(eventTable.id, p.eventId), or(sql`${p.toAll}`, eq(webhookTable.id, p.webhookId))),
      ),
    ]
  },
)
