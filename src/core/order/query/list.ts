import { and, desc, eq, sql } from 'drizzle-orm'
import { orderTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { customerOrSurvivor } from '#lock/customer'
import { orderSelection } from './selection.ts'

/**
 * The orders of the customer or of its survivor before a position, newest first. No row: there is no such customer. A row with a null
 * `order`: the page is empty.
 */
export const listOrders = useCase(
  'list_orders',
  {
    ...pick(orderTable, 'tenant', 'customerId'),
    state: sqlType.orNull(sqlType.text),
    beforePlacedAt: orderTable.placedAt,
    beforeId: orderTable.id,
    limit: sqlType.int,
  },
  (p) => {
    const owner = customerOrSurvivor({ tenant: p.tenant, id: p.customerId })
    const page = db
      .select()
      .from(orderTable)
      .where(
        and(
          eq(orderTable.tenant, p.tenant),
          eq(orderTable.customerId, owner.id),
          sql`(${orderTable.placedAt}, ${orderTable.id}) < (${p.beforePlacedAt}, ${p.beforeId})`,
          sql`(${p.state} is null or ${orderTable.state} = ${p.state})`,
        ),
      )
      .orderBy(desc(orderTable.placedAt), desc(orderTable.id))
      .limit(p.limit)
      .as('page')
    return [
      db
        .select({ customerId: owner.id, order: orderSelection(page) })
        .from(owner)
        .leftJoinLateral(page, sql`true`)
        .orderBy(desc(page.placedAt), desc(page.id)),
    ]
  },
)
