import { and, eq, ne, sql } from 'drizzle-orm'
import { customerTable, orderTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { customerSelection } from '#selection/customer'
import { orderSelection } from './selection.ts'

/** An order with its customer. No row: there is no such order, or its customer is deleted. */
export const findOrderWithCustomer = useCase(
  'find_order_with_customer',
  { ...pick(orderTable, 'tenant', 'id'), currency: sqlType.text },
  (p) => [
    db
      .select({
        order: orderSelection(orderTable),
        ...pick(customerTable, 'version'),
        isErased: sqlType.flag(sql`(${customerTable.status} = 'erased')`),
        customer: customerSelection(customerTable, p.currency),
      })
      .from(orderTable)
      .innerJoin(
        customerTable,
        and(
          eq(customerTable.tenant, orderTable.tenant),
          eq(customerTable.id, orderTable.customerId),
          ne(customerTable.status, 'deleted'),
        ),
      )
      .where(and(eq(orderTable.tenant, p.tenant), eq(orderTable.id, p.id))),
  ],
)
