import * as z from 'zod'
import { type Context, mustMatchShopper, readWithinPageLimits } from '#core/context'
import { type Page, Paging, pageSchema, readCursor, toPage, writeCursor } from '#core/page'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'
import { OrderState } from './input.ts'
import { Order } from './view.ts'

export const ListOrders = z.strictObject({
  ...Paging.shape,
  state: OrderState.optional(),
})
export type ListOrders = z.output<typeof ListOrders>

export const OrderPage = pageSchema(Order, 'OrderPage')

type Position = readonly [placedAt: string, id: string]

/** A position after every possible order. */
const START: Position = ['infinity', '']

/** The orders of the customer, or of the survivor of its merge, newest first. Refuses `customer_not_found`, `invalid_cursor`. */
export async function listOrders(
  ctx: Context,
  customerId: string,
  { limit, cursor, state }: ListOrders,
): Promise<Page<Order>> {
  mustMatchShopper(ctx, customerId)
  const list = ['order', customerId, state ?? null]
  const [beforePlacedAt, beforeId] = cursor ? readCursor<Position>(ctx, list, cursor) : START
  const { rows } = await readWithinPageLimits(ctx, {
    rows: query.listOrders({
      tenant: ctx.tenant,
      customerId,
      state: state ?? null,
      beforePlacedAt,
      beforeId,
      limit: limit + 1,
    }),
  })
  if (rows.length === 0) throw new Refusal('customer_not_found')
  const found = rows.flatMap(({ order }) => order ?? [])
  const data = found.slice(0, limit)
  const last = data.at(-1)
  const more = found.length > limit && last !== undefined
  return toPage(data, limit, more ? writeCursor(ctx, list, [last.placedAt, last.id]) : null)
}
