import { and, desc, eq, sql } from 'drizzle-orm'
import { jsonOf } from '#db/document'
import { customerTable, orderTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { type ColumnsOf, db, pick } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { customerOrSurvivor } from '#lock/customer'
import { spentOf } from '#selection/customer'
import type { CountedOrder } from '../explain-counters.ts'

const params = { tenant: customerTable.tenant, customerId: customerTable.id }

const counters = <C extends ColumnsOf<typeof customerTable>>(owner: C) => ({
  ...pick(owner, 'id', 'orderCount', 'totalSpent', 'lastOrderAt'),
  spent: spentOf(owner),
})

/** The counters of the customer or of its survivor. No row: there is no such customer. */
export const findCustomerStats = useCase('find_customer_stats', params, (p) => {
  const owner = customerOrSurvivor({ tenant: p.tenant, id: p.customerId })
  return [db.select(counters(owner)).from(owner)]
})

/** `findCustomerStats` with the newest orders, newest first. */
export const findCustomerStatsWithOrders = useCase(
  'find_customer_stats_with_orders',
  { ...params, limit: sqlType.int },
  (p) => {
    const owner = customerOrSurvivor({ tenant: p.tenant, id: p.customerId })
    const newest = db
      .select()
      .from(orderTable)
      .where(and(eq(orderTable.tenant, p.tenant), eq(orderTable.customerId, owner.id)))
      .orderBy(desc(orderTable.placedAt), desc(orderTable.id))
      .limit(p.limit)
      .as('newest')
    const order = jsonOf({
      id: newest.id,
      state: newest.state,
      currency: newest.currency,
      amount: sql`${newest.gross} - ${newest.refunded}`,
    })
    const orders = sqlType.json<
      CountedOrder[]
    >()(sql`coalesce((select json_agg(${order} order by ${newest.placedAt} desc, ${newest.id} desc)
    from ${newest}), '[]')`)
    return [db.select({ ...counters(owner), orders }).from(owner)]
  },
)
