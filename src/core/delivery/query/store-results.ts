import { and, eq, or, sql } from 'drizzle-orm'
import { listAsTable } from '#db/list-as-table'
import { deliveryTable, eventTable, webhookTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, insertFrom, pick } from '#db/statement-builders'
import { useCase, type ValuesOf } from '#db/use-case'
import { isThisWebhook, lockWebhook } from '#lock/webhook'
import { isEventErased } from '#query/event'
import { appendEventParams, enqueueAnnounceJob, eventDataOf, stampedChangedAt } from '#query/outbox'
import { secondsToWake, storeWakeTime } from './store-wake-time.ts'
import { tenantAndIdOfWebhook } from './webhook-of-delivery.ts'

const result = {
  ...pick(deliveryTable, 'id', 'attempts', 'status'),
  /** False: its turn did not come. */
  isSent: sqlType.flag,
  /** Null: never. */
  next: sqlType.orNull(sqlType.moment),
  ...pick(deliveryTable, 'responseStatus', 'responseBody', 'responseMs', 'error'),
}
export type ResultRow = ValuesOf<typeof result>

const params = {
  ...appendEventParams,
  webhookId: deliveryTable.webhookId,
  /** The end of the lease. */
  until: deliveryTable.nextAttemptAt,
  results: sqlType.json<readonly ResultRow[]>(),
  arrived: sqlType.flag,
  missed: sqlType.flag,
  /** The result of the last attempt. */
  ...pick(webhookTable, 'lastStatus', 'lastError'),
  pausedUntil: webhookTable.pausedUntil,
  /** The endpoint refuses all further messages. */
  gone: sqlType.flag,
  /** An endpoint that has been failing since before this moment has failed too long. */
  failingBefore: sqlType.moment,
}
type Params = ValuesOf<typeof params>

/**
 * Stores the results of leased deliveries and ends the lease of the endpoint. An endpoint that is gone or has failed too long is
 * disabled, with an event. A row has the seconds after which to wake a worker.
 */
export const storeResults = useCase('store_results', params, (p) => [
  lockWebhook(tenantAndIdOfWebhook(p)),
  storeAttempts(p),
  storeHealth(p),
  disableWhenFailed(p),
  storeWakeTime(p).returning({ wake: secondsToWake(p.now) }),
])

/** An arrival counts from any worker; other results count only from the worker that sent last. */
function storeAttempts(p: Params) {
  const { from, columns: r } = listAsTable('result', p.results, result)
  const d = deliveryTable
  const isFailed = sql`${r.isSent} and ${r.status} <> 'delivered'`
  return db
    .update(d)
    .set({
      status: r.status,
      step: sql`${d.step} + (${isFailed})::int`,
      attempts: sql`${d.attempts} - (not ${r.isSent})::int`,
      nextAttemptAt: sql`coalesce(${r.next}, ${p.now})`,
      responseStatus: sql`case when ${r.isSent} then ${r.responseStatus} else ${d.responseStatus} end`,
      responseBody: sql`case when ${r.isSent} then ${bodyToKeep(r.responseBody)} else ${d.responseBody} end`,
      responseMs: sql`case when ${r.isSent} then ${r.responseMs} else ${d.responseMs} end`,
      error: sql`case when ${r.isSent} then ${r.error} else ${d.error} end`,
      settledAt: sql`case when ${r.status} <> 'pending' then ${p.now} end`,
    })
    .from(from)
    .where(
      and(
        eq(d.tenant, p.tenant),
        eq(d.id, r.id),
        // Without statistics the planner would read all pending deliveries.
        sql`${d.id} = any(array(select ${r.id} from ${from}))`,
        eq(d.status, 'pending'),
        or(eq(d.attempts, r.attempts), eq(r.status, 'delivered')),
      ),
    )
}

/**
 * The body of the receiver's answer; null if the customer was erased meanwhile, because the body may repeat the message. The lock orders this statement and a concurrent erasure.
 */
function bodyToKeep(body: unknown) {
  const event = db
    .select({ isEmptied: isEventErased(eventTable).as('is_emptied') })
    .from(eventTable)
    .where(
      and(eq(eventTable.tenant, deliveryTable.tenant), eq(eventTable.id, deliveryTable.eventId)),
    )
    .for('share')
  return sql`case when ${body} is not null and not coalesce((${event}), false) then ${body} end`
}

/** Stores the health of the endpoint and ends its lease, unless another worker has taken over. */
function storeHealth(p: Params) {
  const w = webhookTable
  const isAsked = sql`(${p.arrived} or ${p.missed})`
  return db
    .update(w)
    .set({
      failingSince: sql`case when ${p.arrived} then null when ${p.missed} then coalesce(${w.failingSince}, ${p.now}) else ${w.failingSince} end`,
      lastAt: sql`case when ${isAsked} then ${p.now} else ${w.lastAt} end`,
      lastStatus: sql`case when ${isAsked} then ${p.lastStatus} else ${w.lastStatus} end`,
      lastError: sql`case when ${isAsked} then ${p.lastError} else ${w.lastError} end`,
      pausedUntil: sql`greatest(${w.pausedUntil}, ${p.pausedUntil})`,
      leasedUntil: sql`case when ${w.leasedUntil} = ${p.until} then null else ${w.leasedUntil} end`,
    })
    .where(isThisWebhook(tenantAndIdOfWebhook(p)))
}

function disableWhenFailed(p: Params) {
  const w = webhookTable
  const hasFailed = sql`${w.failingSince} <= ${p.failingBefore}`
  const disabled = db.$with('disabled').as(
    db
      .update(w)
      .set({
        status: 'disabled',
        disabledReason: sql`case when ${p.gone} then 'gone' else 'failing' end`,
        version: sql`${w.version} + 1`,
        changedAt: stampedChangedAt([{ field: 'status' }, { field: 'disabledReason' }], w),
        updatedAt: p.now,
      })
      .where(
        and(
          isThisWebhook(tenantAndIdOfWebhook(p)),
          eq(w.status, 'enabled'),
          sql`(${p.gone} or ${hasFailed})`,
        ),
      )
      .returning(pick(w, 'id', 'disabledReason', 'failingSince')),
  )
  const appended = db.$with('appended').as(
    insertFrom(
      eventTable,
      {
        tenant: p.tenant,
        id: p.event,
        type: 'webhook.disabled',
        data: eventDataOf({
          webhookId: disabled.id,
          reason: disabled.disabledReason,
          failingSince: disabled.failingSince,
        }),
        actor: p.actor,
        requestId: p.request,
        at: p.now,
      },
      sql`from ${disabled}`,
    ).returning({ id: eventTable.id }),
  )
  return enqueueAnnounceJob(p, sql`from ${appended}`, [disabled, appended])
}
