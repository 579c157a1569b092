import { and, eq, exists, isNull, lte, or } from 'drizzle-orm'
import { deliveryTable, webhookTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, isAnyOf, pick } from '#db/statement-builders'
import { useCase } from '#db/use-case'

/** The endpoints with a due delivery and without a worker. */
export const listDueEndpoints = useCase(
  'list_due_endpoints',
  { tenants: sqlType.texts, now: sqlType.moment },
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
            isAnyOf(webhookTable.tenant, p.tenants),
            eq(webhookTable.status, 'enabled'),
            or(isNull(leasedUntil), lte(leasedUntil, p.now)),
            or(isNull(pausedUntil), lte(pausedUntil, p.now)),
            exists(due),
          ),
        ),
    ]
  },
)
