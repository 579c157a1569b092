import { path } from './encode.ts'
import { type List, list } from './list.ts'
import type { GetCustomerOrderQuery, Order, RecordedOrder, RecordOrder, Stats } from './model.ts'
import type { CallOptions, Send } from './request.ts'

/** A customer's orders, and what they add up to. What any call may reject with: see `customers`. */
export function customerOrders(send: Send) {
  return {
    /** An order's present state, amounts in minor units. The newest version wins; `applied` says whether it was newer. */
    recordOrder: (
      id: string,
      orderId: string,
      order: RecordOrder,
      options?: CallOptions,
    ): Promise<RecordedOrder> =>
      send({
        method: 'PUT',
        path: path`/customer/${id}/order/${orderId}`,
        body: order,
        options,
      }),

    /** The newest first. */
    listOrders: (id = 'me', query?: GetCustomerOrderQuery, options?: CallOptions): List<Order> =>
      list(send, path`/customer/${id}/order`, query, options),

    /** The counters, in minor units; with `explain`, the orders behind each. */
    stats: (id = 'me', query?: { explain?: boolean }, options?: CallOptions): Promise<Stats> =>
      send({ method: 'GET', path: path`/customer/${id}/stats`, query, options }),
  }
}
