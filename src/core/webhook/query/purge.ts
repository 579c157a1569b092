import { and, eq, lt, notExists } from 'drizzle-orm'
import { deliveryTable, webhookTable } from '#db/schema'
import { db, pick } from '#db/statement-builders'
import { purgeUseCase } from '#query/context'

/** Deleted webhooks whose deliveries are gone. */
export const purgeWebhooks = purgeUseCase('purge_webhooks', webhookTable, (before) =>
  and(
    eq(webhookTable.status, 'deleted'),
    lt(webhookTable.updatedAt, before),
    notExists(
      db
        .select(pick(deliveryTable, 'id'))
        .from(deliveryTable)
        .where(
          and(
            eq(deliveryTable.tenant, webhookTable.tenant),
            eq(deliveryTable.webhookId, webhookTable.id),
          ),
        ),
    ),
  ),
)
