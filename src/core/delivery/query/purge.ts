import { and, eq, exists, lt, notExists } from 'drizzle-orm'
import { deliveryTable, eventTable, webhookTable } from '#db/schema'
import { db, pick } from '#db/statement-builders'
import { purgeUseCase } from '#query/context'

/** The receipt of an erasure says who was told, so these deliveries stay. */
const tellsOfNoErasure = notExists(
  db
    .select(pick(eventTable, 'id'))
    .from(eventTable)
    .where(
      and(
        eq(eventTable.tenant, deliveryTable.tenant),
        eq(eventTable.id, deliveryTable.eventId),
        eq(eventTable.type, 'customer.erased'),
      ),
    ),
)

/** Deliveries that arrived or failed for good. */
export const purgeDeliveries = purgeUseCase('purge_deliveries', deliveryTable, (before) =>
  and(lt(deliveryTable.settledAt, before), tellsOfNoErasure),
)

/** The deliveries of deleted webhooks. */
export const purgeOrphanedDeliveries = purgeUseCase(
  'purge_orphaned_deliveries',
  deliveryTable,
  () =>
    and(
      tellsOfNoErasure,
      exists(
        db
          .select(pick(webhookTable, 'id'))
          .from(webhookTable)
          .where(
            and(
              eq(webhookTable.tenant, deliveryTable.tenant),
              eq(webhookTable.id, deliveryTable.webhookId),
              eq(webhookTable.status, 'deleted'),
            ),
          ),
      ),
    ),
)
