import { addressesApi } from './addresses.ts'
import { customerOrdersApi } from './customer-orders.ts'
import { customerSupportApi } from './customer-support.ts'
import { encodePath } from './encode.ts'
import { type List, list } from './list.ts'
import { membershipsApi } from './memberships.ts'
import type {
  CreateCustomer,
  CreateGuest,
  Customer,
  DeleteCustomer,
  DisableCustomer,
  GetCustomerQuery,
  SearchCustomers,
  UpdateCustomer,
} from './model.ts'
import { personalDataApi } from './personal-data.ts'
import { readArgumentsWithOptionalId } from './read-arguments-with-optional-id.ts'
import type { CallOptions, Send } from './request.ts'

/** Accounts and what belongs to them. Each part keeps its own type, so that an editor shows its texts. */
export type Customers = ReturnType<typeof accounts> &
  ReturnType<typeof addressesApi> &
  ReturnType<typeof membershipsApi> &
  ReturnType<typeof customerOrdersApi> &
  ReturnType<typeof customerSupportApi> &
  ReturnType<typeof personalDataApi>

export const customersApi = (send: Send): Customers => ({
  ...accounts(send),
  ...addressesApi(send),
  ...membershipsApi(send),
  ...customerOrdersApi(send),
  ...customerSupportApi(send),
  ...personalDataApi(send),
})

/**
 * Accounts. An absent id means the session's own customer (`me`). Every call may reject with `unauthenticated`,
 * `invalid_token`, `insufficient_scope`, `caller_not_allowed`, `invalid_input`, `customer_not_found`,
 * `database_unavailable`, `network_error`, `timeout`; each names only its other errors.
 */
function accounts(send: Send) {
  function update(id: string, input: UpdateCustomer, options?: CallOptions): Promise<Customer>
  function update(input: UpdateCustomer, options?: CallOptions): Promise<Customer>
  function update(...given: readonly unknown[]): Promise<Customer> {
    const [id, body, options] = readArgumentsWithOptionalId<UpdateCustomer>(given)
    return send({ method: 'PATCH', path: encodePath`/customer/${id}`, body, options })
  }

  return {
    /** Creates an account. `email_taken`, `external_id_taken`. */
    create: (input: CreateCustomer, options?: CallOptions): Promise<Customer> =>
      send({ method: 'POST', path: '/customer', body: input, keyed: true, options }),

    /** Finds the account of an e-mail address, or creates it. `external_id_taken`. */
    findOrCreate: (input: CreateCustomer, options?: CallOptions): Promise<Customer> =>
      send({ method: 'POST', path: '/customer/find-or-create', body: input, keyed: true, options }),

    /**
     * Finds the guest of an e-mail address, or creates it; an existing guest is not changed. A storefront only learns that it was
     * accepted. `guest_checkout_disabled`.
     */
    guest: (input: CreateGuest, options?: CallOptions): Promise<Customer> =>
      send({ method: 'POST', path: '/customer/guest', body: input, keyed: true, options }),

    /** The customers that match the filter, with amounts in minor units. `invalid_cursor`, `narrow_the_query`. */
    list: (query?: GetCustomerQuery, options?: CallOptions): List<Customer> =>
      list(send, '/customer', query, options),

    /**
     * `list` with its query in the body of the request, for names, addresses and phones: URLs end up in logs of others. `invalid_cursor`,
     * `narrow_the_query`.
     */
    search: (input: SearchCustomers, options?: CallOptions): List<Customer> =>
      list(send, '/customer/search', input, options, 'cursor', 'POST'),

    /** A customer by its id. A merged customer's id answers with the survivor, whose `mergedFrom` names it. */
    retrieve: (id: string, options?: CallOptions): Promise<Customer> =>
      send({ method: 'GET', path: encodePath`/customer/${id}`, options }),

    /** The session's own customer. `session_ended`. */
    me: (options?: CallOptions): Promise<Customer> =>
      send({ method: 'GET', path: '/customer/me', options }),

    /**
     * Changes the named fields; null clears, metadata is merged. `email_taken`, `external_id_taken`, `customer_merged`,
     * `too_much_metadata`, `precondition_failed`.
     */
    update,

    /**
     * Hides the customer and frees its e-mail address; its orders stay in the ledger. A shopper sends its `currentPassword`, or has a session with a fresh proof (`fresh_proof_required`).
     * `customer_merged`, `precondition_failed`, `invalid_credentials`, `too_many_attempts`.
     */
    delete: (id: string, options?: CallOptions & DeleteCustomer): Promise<void> =>
      send({
        method: 'DELETE',
        path: encodePath`/customer/${id}`,
        body: options?.currentPassword && { currentPassword: options.currentPassword },
        options,
      }),

    /** Bars a customer from login. `customer_is_guest`, `customer_merged`. */
    disable: (id: string, input?: DisableCustomer, options?: CallOptions): Promise<Customer> =>
      send({
        method: 'POST',
        path: encodePath`/customer/${id}/disable`,
        body: input ?? {},
        keyed: true,
        options,
      }),

    /** Lets a customer log in again. `customer_is_guest`, `customer_merged`. */
    enable: (id: string, options?: CallOptions): Promise<Customer> =>
      send({ method: 'POST', path: encodePath`/customer/${id}/enable`, keyed: true, options }),
  }
}
