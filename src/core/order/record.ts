import { type Context, commit, mayUse } from '#core/context'
import { acting } from '#core/outbox'
import { namesOf } from '#db/field'
import { Refusal } from '#kernel/error'
import { newId } from '#kernel/id'
import { orderFields } from './field.ts'
import * as query from './generated/query.ts'
import type { RecordOrder } from './input.ts'
import type { Order, RecordedOrder } from './view.ts'

export type GivenOrder = RecordOrder & { readonly customerId: string; readonly orderId: string }

/** What became of one of many; null: there is no such customer. */
type Recorded = RecordedOrder | null

/**
 * Takes an order's present state into the ledger and its difference into the customer's counters. A newer version wins, also when
 * it names another customer; an equal or older one changes nothing. A merged customer's orders are its survivor's. A customer that
 * was deleted or erased gets no new orders, but those it had stay true. Refuses `customer_not_found`.
 */
export async function recordOrder(
  ctx: Context,
  customerId: string,
  orderId: string,
  input: RecordOrder,
): Promise<RecordedOrder> {
  const [recorded] = await recordOrders(ctx, [{ customerId, orderId, ...input }])
  if (!recorded) throw new Refusal('customer_not_found')
  return recorded
}

/** The same for many at once, in one statement; each answer stands where its order stood. */
export async function recordOrders(
  ctx: Context,
  orders: readonly GivenOrder[],
): Promise<Recorded[]> {
  mayUse(ctx, 'order:write')
  const { recorded } = await commit(ctx, {
    recorded: query.recordOrders({
      ...acting(ctx),
      orders: orders.map((order, place) => toRow(ctx, order, place)),
      currency: ctx.settings.currency,
    }),
  })
  const answers: Recorded[] = orders.map(() => null)
  for (const { place, known, applied, order } of recorded) {
    if (known) answers[place] = { applied, ...inOrder(order) }
  }
  return answers
}

const names = namesOf(orderFields)

/** The database has its own order of keys. */
const inOrder = (order: Order): Order =>
  Object.fromEntries(names.map((name) => [name, order[name]])) as Order

/** An order as `record_orders` takes it: the columns of the ledger, its place among the others, and the ids of what is appended. */
export type OrderRow = ReturnType<typeof toRow>

const toRow = (ctx: Context, order: GivenOrder, place: number) => ({
  place,
  id: order.orderId,
  customer_id: order.customerId,
  currency: order.currency,
  gross: order.total,
  refunded: order.refunded,
  state: order.state,
  placed_at: order.placedAt,
  version: order.version,
  event: newId('event', ctx.now),
  job: newId('job', ctx.now),
  left_event: newId('event', ctx.now),
  left_job: newId('job', ctx.now),
})
