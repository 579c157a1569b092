import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { type Context, document, mayActFor, read } from '#core/context'
import { type Page, Paging, pageOf, readCursor, toPage, writeCursor } from '#core/page'
import { Refusal } from '#kernel/error'
import { OrderState } from './input.ts'
import { Order } from './view.ts'

export const ListOrders = z.strictObject({
  ...Paging.shape,
  state: OrderState.optional(),
})
export type ListOrders = z.output<typeof ListOrders>

export const OrderPage = pageOf(Order, 'OrderPage')

type Position = readonly [placedAt: string, id: string]

/** The orders of the customer, or of the survivor it was merged into, newest first. Refuses `customer_not_found`, `invalid_cursor`. */
export async function listOrders(
  ctx: Context,
  customerId: string,
  { limit, cursor, state }: ListOrders,
): Promise<Page<Order>> {
  mayActFor(ctx, customerId)
  const list = ['order', customerId, state ?? null]
  const [placedAt, id] = cursor ? readCursor<Position>(ctx, list, cursor) : [null, null]
  const { found } = await read(ctx, {
    found: document<{ orders: Order[] }>(
      sql`order_list(${ctx.tenant}, ${customerId}, ${state ?? null}, ${placedAt}::timestamptz, ${id}, ${limit}::int)`,
    ),
  })
  if (found === null) throw new Refusal('customer_not_found')
  const data = found.orders.slice(0, limit)
  const last = data.at(-1)
  const more = found.orders.length > limit && last !== undefined
  return toPage(data, limit, more ? writeCursor(ctx, list, [last.placedAt, last.id]) : null)
}
