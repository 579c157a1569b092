import { and, eq, exists, lt } from 'drizzle-orm'
import { db, pick } from '#db/builder'
import { deliveryTable, webhookTable } from '#db/schema'
import { purgeOf } from '#query/context'

/** Deliveries that arrived or failed for good. */
export const purgeDeliveries = purgeOf('purge_deliveries', deliveryTable, (before) =>
  lt(deliveryTable.settledAt, before),
)

/** The deliveries of webhooks that were deleted. */
export const purgeOrphans = purgeOf('purge_orphans', deliveryTable, () =>
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
)
