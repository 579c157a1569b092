import { and, eq, isNotNull, isNull, lte, min, not, or, sql } from 'drizzle-orm'
import { db } from '#db/builder'
import { kind } from '#db/kind'
import { deliveryTable, webhookTable } from '#db/schema'
import { isWebhook } from '#lock/webhook'
import { endpointOf } from './endpoint.ts'

type Now = Parameters<typeof endpointOf>[0] & { readonly now: string }

const { leasedUntil, pausedUntil, wakeAt } = webhookTable

/**
 * Notes when a worker is to be woken for an endpoint that is locked and that no worker has. No row changes when nothing is due so soon
 * that cron would be late, nor when a message is on its way.
 */
export function planWake(it: Now) {
  const first = db
    .select({ at: min(deliveryTable.nextAttemptAt).as('at') })
    .from(deliveryTable)
    .where(
      and(
        eq(deliveryTable.tenant, it.tenant),
        eq(deliveryTable.webhookId, it.webhookId),
        eq(deliveryTable.status, 'pending'),
      ),
    )
    .as('first')
  const due = sql`greatest(${first.at}, ${pausedUntil}, ${it.now})`
  const isOnItsWay = sql`coalesce(${wakeAt} > ${it.now} + interval '1 second' and ${wakeAt} <= ${due}, false)`
  return db
    .update(webhookTable)
    .set({ wakeAt: due })
    .from(first)
    .where(
      and(
        isWebhook(endpointOf(it)),
        eq(webhookTable.status, 'enabled'),
        or(isNull(leasedUntil), lte(leasedUntil, it.now)),
        isNotNull(first.at),
        sql`${due} <= ${it.now} + interval '1 minute'`,
        not(isOnItsWay),
      ),
    )
}

/** In how many seconds a worker is to be woken. */
export const secondsToWake = (now: string) =>
  kind.int(sql`ceil(extract(epoch from ${wakeAt} - ${now}))::int`)
