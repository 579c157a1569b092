import { type Fragment, rawFragment, sqlFragment } from '#db/fragment'
import { orderColumns } from '#db/generated/column'
import type { ListScope } from './condition.ts'
import { columnFragment } from './sql.ts'

const of = {
  tenant: rawFragment(orderColumns.tenant),
  id: rawFragment(orderColumns.id),
  customerId: rawFragment(orderColumns.customerId),
}

/** The id of the customer who has an order. */
export const customerOfOrder = (tenant: string, orderId: string): Fragment =>
  sqlFragment`select ${of.customerId} as id from "order" where ${of.tenant} = ${tenant} and ${of.id} = ${orderId}`

/** Whether `c` has the order. */
export const hasOrder = ({ tenant }: ListScope, orderId: string): Fragment =>
  sqlFragment`${columnFragment('id', 'c')} = (${customerOfOrder(tenant, orderId)})`
