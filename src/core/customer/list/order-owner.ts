import { type Fragment, raw, sqlFragment } from '#db/fragment'
import { orderColumns } from '#db/generated/column'
import type { ListScope } from './condition.ts'
import { column } from './sql.ts'

const of = {
  tenant: raw(orderColumns.tenant),
  id: raw(orderColumns.id),
  customerId: raw(orderColumns.customerId),
}

/** The id of the customer who has an order. */
export const customerOfOrder = (tenant: string, orderId: string): Fragment =>
  sqlFragment`select ${of.customerId} as id from "order" where ${of.tenant} = ${tenant} and ${of.id} = ${orderId}`

/** Whether `c` has the order. */
export const hasOrder = ({ tenant }: ListScope, orderId: string): Fragment =>
  sqlFragment`${column('id', 'c')} = (${customerOfOrder(tenant, orderId)})`
