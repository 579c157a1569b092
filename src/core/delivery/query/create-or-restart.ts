import { and, eq, type SQL, sql, type WithSubquery } from 'drizzle-orm'
import { deliveryTable, eventTable, webhookTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, insertFrom } from '#db/statement-builders'
import { nthId } from '#query/outbox'
import { asksForEventType } from './webhook-of-delivery.ts'

type Adding = {
  readonly tenant: string
  readonly now: string
  /** The id of the first delivery, from which the others count. */
  readonly delivery: string
}

/** The pairs of an event and an enabled endpoint that asked for such events. */
const dueOf = (tenant: string, which: SQL | undefined) =>
  db.$with('due').as(
    db
      .select({
        webhook: sql`${webhookTable.id}`.as('webhook'),
        event: sql`${eventTable.id}`.as('event'),
        n: sql`row_number() over (order by ${eventTable.id}, ${webhookTable.id})::int - 1`.as('n'),
      })
      .from(webhookTable)
      .innerJoin(eventTable, and(eq(eventTable.tenant, tenant), asksForEventType(eventTable.type)))
      .where(and(eq(webhookTable.tenant, tenant), eq(webhookTable.status, 'enabled'), which)),
  )

/**
 * Creates deliveries of events to the endpoints that asked for them.
 * @param which a condition on the events and the endpoints.
 */
function added({ tenant, now, delivery }: Adding, which: SQL | undefined, ctes: WithSubquery[]) {
  const due = dueOf(tenant, which)
  return insertFrom(
    deliveryTable,
    {
      tenant,
      id: nthId(delivery, sqlType.int(sql`${due.n}`)),
      webhookId: sqlType.text(sql`${due.webhook}`),
      eventId: sqlType.text(sql`${due.event}`),
      status: 'pending',
      nextAttemptAt: now,
      createdAt: now,
    },
    sql`from ${due}`,
    [...ctes, due],
  )
}

const once = [deliveryTable.tenant, deliveryTable.webhookId, deliveryTable.eventId]

/** Creates deliveries; existing ones stay as they are. The rows name the endpoints, once for each delivery. */
export const addDeliveries = (p: Adding, which: SQL | undefined, ctes: WithSubquery[]) =>
  added(p, which, ctes)
    .onConflictDoNothing({ target: once })
    .returning({ webhookId: deliveryTable.webhookId })

/** Creates deliveries, and starts those again that arrived or failed; pending ones stay as they are. */
export const createOrRestartDeliveries = (
  p: Adding,
  which: SQL | undefined,
  ctes: WithSubquery[] = [],
) =>
  added(p, which, ctes)
    .onConflictDoUpdate({
      target: once,
      set: { status: 'pending', step: 0, nextAttemptAt: p.now, settledAt: null },
      setWhere: sql`${deliveryTable.status} <> 'pending'`,
    })
    .returning({ webhookId: deliveryTable.webhookId })
