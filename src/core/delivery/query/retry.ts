import { and, eq, exists, ne, notExists, type SQL } from 'drizzle-orm'
import { deliveryTable, eventTable, webhookTable } from '#db/schema'
import { db, pick, refuseWhen } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { deliverySelection } from './selection.ts'

type Which = { readonly tenant: string; readonly id: string }

const isDelivery = ({ tenant, id }: Which) =>
  and(eq(deliveryTable.tenant, tenant), eq(deliveryTable.id, id))

const delivery = (which: Which, where: SQL) =>
  db
    .select({ id: deliveryTable.id })
    .from(deliveryTable)
    .innerJoin(
      webhookTable,
      and(
        eq(webhookTable.tenant, deliveryTable.tenant),
        eq(webhookTable.id, deliveryTable.webhookId),
      ),
    )
    .where(and(isDelivery(which), where))

/** Starts a delivery again, with a new schedule. Refuses `delivery_not_found`, `webhook_disabled`. */
export const retryDelivery = useCase(
  'retry_delivery',
  { ...pick(deliveryTable, 'tenant', 'id'), now: deliveryTable.createdAt },
  (p) => [
    refuseWhen({
      delivery_not_found: notExists(delivery(p, ne(webhookTable.status, 'deleted'))),
      webhook_disabled: exists(delivery(p, eq(webhookTable.status, 'disabled'))),
    }),
    db
      .update(deliveryTable)
      .set({ status: 'pending', step: 0, settledAt: null, nextAttemptAt: p.now })
      .where(isDelivery(p)),
    db
      .select({ delivery: deliverySelection(deliveryTable, eventTable.type) })
      .from(deliveryTable)
      .innerJoin(
        eventTable,
        and(eq(eventTable.tenant, p.tenant), eq(eventTable.id, deliveryTable.eventId)),
      )
      .where(isDelivery(p)),
  ],
)
