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

type StatsQuery = {
  /** Whether to list the orders behind each counter. */
  readonly explain?: boolean | undefined
}

/** A customer's orders, and their sums. See `customers` for the errors of every call. */
export function customerOrdersApi(send: Send) {
  return {
    /**
     * Records the present state of an order, with amounts in minor units. The newest `version` wins; `applied` says whether this one was
     * newer. `invalid_input`, `customer_merged`.
     */
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

    /** An order with its customer, with amounts in minor units. `order_not_found`, also when the customer is deleted. */
    findOrder: (orderId: string, options?: CallOptions): Promise<OrderWithCustomer> =>
      send({ method: 'GET', path: encodePath`/order/${orderId}`, options }),

    /** The orders of a customer, the newest first, with amounts in minor units. `invalid_cursor`. */
    listOrders: (id = 'me', query?: GetCustomerOrderQuery, options?: CallOptions): List<Order> =>
      list(send, encodePath`/customer/${id}/order`, query, options),

    /** The counters of a customer, with amounts in minor units; with `explain`, the orders behind each. */
    stats: (id = 'me', query?: StatsQuery, options?: CallOptions): Promise<Stats> =>
      send({ method: 'GET', path: encodePath`/customer/${id}/stats`, query, options }),
  }
}
