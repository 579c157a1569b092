import { encodePath } from './encode.ts'
import { type List, list } from './list.ts'
import type {
  GetCustomerOrderQuery,
  Order,
  OrderWithCustomer,
  RecordedOrder,
  RecordOrder,
  Stats,
} from './model.ts'
import type { CallOptions, Send } from './request.ts'

/** A customer's orders, and their sums. See `customers` for the errors of every call. */
export function customerOrdersApi(send: Send) {
  return {
    /** Records an order's present state, with amounts in minor units. The newest version wins; `applied`: whether it was newer. */
    recordOrder: (
      id: string,
      orderId: string,
      order: RecordOrder,
      options?: CallOptions,
    ): Promise<RecordedOrder> =>
      send({
        method: 'PUT',
        path: encodePath`/customer/${id}/order/${orderId}`,
        body: order,
        options,
      }),

    /** An order with its customer. `order_not_found`, also when the customer is deleted. */
    findOrder: (orderId: string, options?: CallOptions): Promise<OrderWithCustomer> =>
      send({ method: 'GET', path: encodePath`/order/${orderId}`, options }),

    /** Newest first. */
    listOrders: (id = 'me', query?: GetCustomerOrderQuery, options?: CallOptions): List<Order> =>
      list(send, encodePath`/customer/${id}/order`, query, options),

    /** The counters, in minor units; with `explain`, the orders behind each. */
    stats: (id = 'me', query?: { explain?: boolean }, options?: CallOptions): Promise<Stats> =>
      send({ method: 'GET', path: encodePath`/customer/${id}/stats`, query, options }),
  }
}
