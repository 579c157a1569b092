import { and, eq, exists, gt, isNull, lte, or, type SQL, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { deliveryTable, eventTable, webhookTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick } from '#db/statement-builders'
import { useCase, type ValuesOf } from '#db/use-case'
import { isThisWebhook, lockWebhook } from '#lock/webhook'
import { eventSelection } from '#selection/event'
import { secondsToWake, storeWakeTime } from './store-wake-time.ts'
import { tenantAndIdOfWebhook, type WebhookOfDelivery } from './webhook-of-delivery.ts'

const params = {
  ...pick(deliveryTable, 'tenant', 'webhookId'),
  now: deliveryTable.createdAt,
  /** The time from which another worker may take over. */
  until: deliveryTable.nextAttemptAt,
  limit: sqlType.int,
}
type Params = ValuesOf<typeof params>

/**
 * Leases an endpoint and its due deliveries to one worker until a moment. If the worker dies, only time is lost. There is a row for
 * each delivery, with its address. A row with a null `delivery`: another worker has the endpoint, it is paused or disabled, or nothing
 * is due. `wake`: the seconds after which to wake a worker again.
 */
export const leaseDeliveries = useCase('lease_deliveries', params, (p) => [
  lockWebhook(tenantAndIdOfWebhook(p)),
  takeDue(p),
  db
    .update(webhookTable)
    .set({ leasedUntil: p.until })
    .where(and(isThisWebhook(tenantAndIdOfWebhook(p)), exists(leased(p)))),
  storeWakeTime(p),
  db
    .select({
      ...pick(webhookTable, 'url', 'secret'),
      previousSecret: sqlType.orNull(sqlType.text)(
        sql`case when ${gt(webhookTable.previousSecretUntil, p.now)} then ${webhookTable.previousSecret} end`,
      ),
      wake: sqlType.orNull(sqlType.int)(
        sql`case when ${isWritten(webhookTable)} then ${secondsToWake(p.now)} end`,
      ),
      delivery: pick(deliveryTable, 'id', 'attempts', 'step'),
      event: eventSelection(eventTable),
    })
    .from(webhookTable)
    .leftJoin(deliveryTable, isLeased(p))
    .leftJoin(
      eventTable,
      and(eq(eventTable.tenant, p.tenant), eq(eventTable.id, deliveryTable.eventId)),
    )
    .where(isThisWebhook(tenantAndIdOfWebhook(p)))
    .orderBy(eventTable.id),
])

const takeDue = (p: Params) =>
  db
    .update(deliveryTable)
    .set({
      attempts: sql`${deliveryTable.attempts} + 1`,
      attemptedAt: p.now,
      nextAttemptAt: p.until,
    })
    .where(
      and(
        eq(deliveryTable.tenant, p.tenant),
        sql`${deliveryTable.id} = any(array${dueTo(p, p.now, p.limit)})`,
      ),
    )

/** Whether this transaction has written the row. */
const isWritten = (table: PgTable) => sql`${table}.xmin = pg_current_xact_id()::xid`

const isPending = (which: WebhookOfDelivery) =>
  and(
    eq(deliveryTable.tenant, which.tenant),
    eq(deliveryTable.webhookId, which.webhookId),
    eq(deliveryTable.status, 'pending'),
  )

/** The due deliveries, the longest due first, unless another worker has the endpoint. */
const dueTo = (which: WebhookOfDelivery, now: string, limit: number) =>
  db
    .select({ id: deliveryTable.id })
    .from(deliveryTable)
    .where(and(isPending(which), lte(deliveryTable.nextAttemptAt, now), exists(open(which, now))))
    .orderBy(deliveryTable.nextAttemptAt)
    .limit(limit)

const open = (which: WebhookOfDelivery, now: string) =>
  db
    .select({ id: webhookTable.id })
    .from(webhookTable)
    .where(
      and(
        isThisWebhook(tenantAndIdOfWebhook(which)),
        eq(webhookTable.status, 'enabled'),
        or(isNull(webhookTable.leasedUntil), lte(webhookTable.leasedUntil, now)),
        or(isNull(webhookTable.pausedUntil), lte(webhookTable.pausedUntil, now)),
      ),
    )

/** Whether this transaction has leased the delivery. */
const isLeased = (p: Params): SQL | undefined =>
  and(isPending(p), eq(deliveryTable.nextAttemptAt, p.until), isWritten(deliveryTable))

const leased = (p: Params) =>
  db.select({ id: deliveryTable.id }).from(deliveryTable).where(isLeased(p))
