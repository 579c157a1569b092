import { acceptedVersions, type Context, commit, mustHaveScope } from '#core/context'
import { actorRequestAndTimeValues } from '#core/outbox'
import { fieldNames, type InputName } from '#db/field'
import type { orderColumns } from '#db/generated/column'
import { Refusal } from '#kernel/error'
import { newId } from '#kernel/id'
import { orderFields } from './field-list.ts'
import * as query from './generated/query.ts'
import type { RecordOrder } from './input.ts'
import { placedAheadRefusal } from './placed-ahead-refusal.ts'
import type { Order, RecordedOrder } from './view.ts'

type GivenOrder = RecordOrder & { readonly customerId: string; readonly orderId: string }

/** The result of one order, or why it was not recorded. */
type Recorded = RecordedOrder | Refusal

/**
 * Records an order's present state in the ledger, and its difference in the customer's counters. A newer version wins, also when it
 * names another customer; an equal or older one changes nothing. A merged customer's orders belong to its survivor. A deleted or
 * erased customer gets no new orders, but its old ones are still updated. Refuses `customer_not_found`, `precondition_failed`, and
 * `invalid_input` if the order was placed more than a day after now.
 */
export async function recordOrder(
  ctx: Context,
  customerId: string,
  orderId: string,
  input: RecordOrder,
): Promise<RecordedOrder> {
  const [recorded] = await recordOrders(ctx, [{ customerId, orderId, ...input }])
  if (recorded === undefined || recorded instanceof Refusal) throw recorded ?? unknown()
  return recorded
}

const unknown = () => new Refusal('customer_not_found')

/** Records many orders in one statement. The answers are in the order of the input. */
export async function recordOrders(
  ctx: Context,
  orders: readonly GivenOrder[],
): Promise<Recorded[]> {
  mustHaveScope(ctx, 'order:write')
  const refused = orders.map(({ placedAt }) => placedAheadRefusal(placedAt, ctx.now))
  const rows = orders.map((order, place) => toRow(ctx, order, place))
  const { recorded } = await commit(ctx, {
    recorded: query.recordOrders({
      ...actorRequestAndTimeValues(ctx),
      orders: rows.filter(({ place }) => refused[place] === undefined),
      currency: ctx.settings.currency,
    }),
  })
  const answers: Recorded[] = refused.map((refusal) => refusal ?? unknown())
  for (const { place, known, applied, order } of recorded) {
    if (known) answers[place] = { applied, ...inOrder(order) }
  }
  return answers
}

const names = fieldNames(orderFields)

/** The order's keys in the API's order, for jsonb has its own. */
const inOrder = (order: Order): Order =>
  Object.fromEntries(names.map((name) => [name, order[name]])) as Order

/**
 * An order as `record_orders` takes it: the columns of the ledger, its place among the others, the versions
 * that the ledger must have, and the ids of its events and jobs.
 */
export type OrderRow = ReturnType<typeof toRow>

/** The columns of the ledger that an order's input fills. */
type Filled = (typeof orderColumns)[(typeof orderFields)[InputName<typeof orderFields>]['column']]
type Row = Readonly<Record<Filled, unknown> & Record<string, unknown>>

const toRow = (ctx: Context, order: GivenOrder, place: number) =>
  ({
    place,
    id: order.orderId,
    customer_id: order.customerId,
    currency: order.currency,
    gross: order.total,
    refunded: order.refunded,
    state: order.state,
    placed_at: order.placedAt,
    version: order.version,
    accepted: acceptedVersions(ctx),
    event: newId('event', ctx.now),
    job: newId('job', ctx.now),
    left_event: newId('event', ctx.now),
    left_job: newId('job', ctx.now),
  }) satisfies Row
