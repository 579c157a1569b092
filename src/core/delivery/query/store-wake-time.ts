import { and, eq, isNotNull, isNull, lte, min, not, or, sql } from 'drizzle-orm'
import { deliveryTable, webhookTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db } from '#db/statement-builders'
import { isThisWebhook } from '#lock/webhook'
import { tenantAndIdOfWebhook, type WebhookOfDelivery } from './webhook-of-delivery.ts'

type Now = WebhookOfDelivery & { readonly now: string }

const { leasedUntil, pausedUntil, wakeAt } = webhookTable

/**
 * Stores the time at which to wake a worker for a locked endpoint without a lease. No row changes if cron is early enough for the next
 * due delivery, or if a message is on its way.
 */
export function storeWakeTime(which: Now) {
  const first = db
    .select({ at: min(deliveryTable.nextAttemptAt).as('at') })
    .from(deliveryTable)
    .where(
      and(
        eq(deliveryTable.tenant, which.tenant),
        eq(deliveryTable.webhookId, which.webhookId),
        eq(deliveryTable.status, 'pending'),
      ),
    )
    .as('first')
  const due = sql`greatest(${first.at}, ${pausedUntil}, ${which.now})`
  const isOnItsWay = sql`coalesce(${wakeAt} > ${which.now} + interval '1 second' and ${wakeAt} <= ${due}, false)`
  return db
    .update(webhookTable)
    .set({ wakeAt: due })
    .from(first)
    .where(
      and(
        isThisWebhook(tenantAndIdOfWebhook(which)),
        eq(webhookTable.status, 'enabled'),
        or(isNull(leasedUntil), lte(leasedUntil, which.now)),
        isNotNull(first.at),
        sql`${due} <= ${which.now} + interval '1 minute'`,
        not(isOnItsWay),
      ),
    )
}

/** The seconds after which to wake a worker. */
export const secondsToWake = (now: string) =>
  sqlType.int(sql`ceil(extract(epoch from ${wakeAt} - ${now}))::int`)
