import { sql } from 'drizzle-orm'
import { type Context, commit, mayUse } from '#core/context'
import { actorDocument } from '#core/outbox'
import { Statement } from '#db/statement'
import { Refusal } from '#kernel/error'
import { newId } from '#kernel/id'
import type { RecordOrder } from './input.ts'
import type { Order, RecordedOrder } from './view.ts'

export type GivenOrder = RecordOrder & { readonly customerId: string; readonly orderId: string }

/** What became of one of many; null: there is no such customer. */
export type Recorded = RecordedOrder | null

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
  const { recorded } = await commit(ctx, { recorded: recordStatement(ctx, orders) })
  return recorded
}

type Outcome = {
  readonly known: boolean
  readonly applied: boolean
  readonly document: Order
  readonly jobs: string[] | null
}

function recordStatement(
  ctx: Context,
  orders: readonly GivenOrder[],
): Statement<Recorded[], 'event'> {
  const given = JSON.stringify(orders.map((order, place) => toRow(ctx, order, place)))
  return new Statement<Recorded[], 'event'>(
    sql`select known, applied, document, jobs from record_orders(${ctx.tenant}, ${given}::jsonb, ${ctx.settings.currency},
      ${actorDocument(ctx)}::jsonb, ${ctx.requestId}, ${ctx.now.toISOString()}::timestamptz) order by place`,
    (rows) => rows.map((row) => toRecorded(row as Outcome)),
    (rows) =>
      rows.flatMap((row) =>
        ((row as Outcome).jobs ?? []).map((id) => ({ tenant: ctx.tenant, id, kind: 'announce' })),
      ),
  )
}

const toRecorded = ({ known, applied, document }: Outcome): Recorded =>
  known ? { applied, ...document } : null

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
