import type { Stats } from './customer-stats.ts'

/** The part of an order that explains counters. `amount`: minor units, less refunds. */
export type CountedOrder = {
  readonly id: string
  readonly state: 'paid' | 'canceled'
  readonly currency: string
  readonly amount: number
}

type Explanation = NonNullable<Stats['explain']>

/** The orders behind each of a customer's counters. @param orders the newest first. */
export function explainCounters(
  orders: readonly CountedOrder[],
  currency: string,
): Omit<Explanation, 'complete'> {
  const paid = orders.filter(({ state }) => state === 'paid')
  const canceled = orders.filter(({ state }) => state === 'canceled')
  return {
    orderCount: paid.map(({ id }) => id),
    totalSpent: paid
      .filter((order) => order.currency === currency)
      .map(({ id, amount }) => ({ orderId: id, amount })),
    spent: paid.map(({ id, currency, amount }) => ({ orderId: id, currency, amount })),
    lastOrderAt: paid[0]?.id ?? null,
    canceled: canceled.map(({ id }) => id),
  }
}
