import { and, eq, exists, isNull, lte, or } from 'drizzle-orm'
import { db, isAny, pick } from '#db/builder'
import { kind } from '#db/kind'
import { deliveryTable, webhookTable } from '#db/schema'
import { useCase } from '#db/use-case'

/** The endpoints that something is due to, and that no worker has. */
export const listDueEndpoints = useCase(
  'list_due_endpoints',
  { tenants: kind.texts, now: kind.moment },
  (p) => {
    const due = db
      .select({ id: deliveryTable.id })
      .from(deliveryTable)
      .where(
        and(
          eq(deliveryTable.tenant, webhookTable.tenant),
          eq(deliveryTable.webhookId, webhookTable.id),
          eq(deliveryTable.status, 'pending'),
          lte(deliveryTable.nextAttemptAt, p.now),
        ),
      )
    const { leasedUntil, pausedUntil } = webhookTable
    return [
      db
        .select(pick(webhookTable, 'tenant', 'id'))
        .from(webhookTable)
        .where(
          and(
            isAny(webhookTable.tenant, p.tenants),
            eq(webhookTable.status, 'enabled'),
            or(isNull(leasedUntil), lte(leasedUntil, p.now)),
            or(isNull(pausedUntil), lte(pausedUntil, p.now)),
            exists(due),
          ),
        ),
    ]
  },
)
