import { type Fragment, raw, sql } from '#db/fragment'
import { orderColumns } from '#db/generated/column'
import type { Scope } from './condition.ts'
import { column } from './sql.ts'

const of = {
  tenant: raw(orderColumns.tenant),
  id: raw(orderColumns.id),
  customerId: raw(orderColumns.customerId),
}

/** The id of the customer who has an order. */
export const ownerOf = (tenant: string, orderId: string): Fragment =>
  sql`select ${of.customerId} as id from "order" where ${of.tenant} = ${tenant} and ${of.id} = ${orderId}`

/** Whether `c` has the order. */
export const hasOrder = ({ tenant }: Scope, orderId: string): Fragment =>
  sql`${column('id', 'c')} = (${ownerOf(tenant, orderId)})`
