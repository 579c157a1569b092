import { path } from './encode.ts'
import { type List, list } from './list.ts'
import type {
  Accepted,
  AddAddress,
  AddMembership,
  Address,
  CreateCustomer,
  CreateGuest,
  Customer,
  DeleteCustomer,
  Event,
  GetCustomerGroupQuery,
  GetCustomerOrderQuery,
  GetCustomerQuery,
  Membership,
  Merge,
  MergeCustomers,
  MergePreview,
  NewMembership,
  Order,
  RecordedOrder,
  RecordOrder,
  SessionInfo,
  Stats,
  UpdateAddress,
  UpdateCustomer,
} from './model.ts'
import type { CallOptions, Send } from './request.ts'

/**
 * Accounts. Where an id is left out, the session's own customer is meant (`me`). What any call may reject with:
 * `unauthenticated`, `invalid_token`, `insufficient_scope`, `caller_not_allowed`, `invalid_input`, `customer_not_found`,
 * `database_unavailable`, `network_error`, `timeout`; each says only what is its own.
 */
export function customers(send: Send) {
  function update(id: string, input: UpdateCustomer, options?: CallOptions): Promise<Customer>
  function update(input: UpdateCustomer, options?: CallOptions): Promise<Customer>
  function update(...given: readonly unknown[]): Promise<Customer> {
    const [id, body, options] = withId<UpdateCustomer>(given)
    return send({ method: 'PATCH', path: path`/customer/${id}`, body, options })
  }

  function addAddress(id: string, input: AddAddress, options?: CallOptions): Promise<Address>
  function addAddress(input: AddAddress, options?: CallOptions): Promise<Address>
  function addAddress(...given: readonly unknown[]): Promise<Address> {
    const [id, body, options] = withId<AddAddress>(given)
    return send({ method: 'POST', path: path`/customer/${id}/address`, body, keyed: true, options })
  }

  return {
    /** Registers a customer. `email_taken`, `external_id_taken`. */
    create: (input: CreateCustomer, options?: CallOptions): Promise<Customer> =>
      send({ method: 'POST', path: '/customer', body: input, keyed: true, options }),

    /** The account of an e-mail address, made if there is none. `external_id_taken`. */
    findOrCreate: (input: CreateCustomer, options?: CallOptions): Promise<Customer> =>
      send({ method: 'POST', path: '/customer/find-or-create', body: input, keyed: true, options }),

    /**
     * The guest of an e-mail address, made if there is none; one that exists is not changed. A storefront is only told that it was
     * accepted. `guest_checkout_disabled`.
     */
    guest: (input: CreateGuest, options?: CallOptions): Promise<Customer> =>
      send({ method: 'POST', path: '/customer/guest', body: input, keyed: true, options }),

    /** Those that the filter names; amounts in minor units. `invalid_cursor`, `narrow_the_query`. */
    list: (query?: GetCustomerQuery, options?: CallOptions): List<Customer> =>
      list(send, '/customer', query, options),

    /** A merged customer's id answers with the survivor, whose `mergedFrom` names it. */
    retrieve: (id: string, options?: CallOptions): Promise<Customer> =>
      send({ method: 'GET', path: path`/customer/${id}`, options }),

    /** The session's own customer. */
    me: (options?: CallOptions): Promise<Customer> =>
      send({ method: 'GET', path: '/customer/me', options }),

    /**
     * Changes what is named; null clears, metadata is merged. `email_taken`, `external_id_taken`, `customer_merged`,
     * `too_much_metadata`, `precondition_failed`.
     */
    update,

    /**
     * Hides the customer and frees its address; its orders stay in the ledger. A shopper shows its `currentPassword`.
     * `customer_merged`, `precondition_failed`, `invalid_credentials`, `too_many_attempts`.
     */
    delete: (id: string, options?: CallOptions & DeleteCustomer): Promise<void> =>
      send({
        method: 'DELETE',
        path: path`/customer/${id}`,
        body: options?.currentPassword && { currentPassword: options.currentPassword },
        options,
      }),

    /** Keeps a customer from logging in. `customer_is_guest`, `customer_merged`. */
    disable: (id: string, input?: { reason?: string }, options?: CallOptions): Promise<Customer> =>
      send({
        method: 'POST',
        path: path`/customer/${id}/disable`,
        body: input ?? {},
        keyed: true,
        options,
      }),

    /** Lets a customer log in again. `customer_is_guest`, `customer_merged`. */
    enable: (id: string, options?: CallOptions): Promise<Customer> =>
      send({ method: 'POST', path: path`/customer/${id}/enable`, keyed: true, options }),

    /** The customer's addresses, all of them. */
    listAddresses: (id = 'me', options?: CallOptions): List<Address> =>
      list(send, path`/customer/${id}/address`, {}, options),

    /** The same address again is not stored twice: the one that is there is answered. `address_limit_reached`. */
    addAddress,

    /** `address_not_found`. */
    retrieveAddress: (id: string, addressId: string, options?: CallOptions): Promise<Address> =>
      send({ method: 'GET', path: path`/customer/${id}/address/${addressId}`, options }),

    /** Changes what is named; null clears. `address_not_found`, `precondition_failed`. */
    updateAddress: (
      id: string,
      addressId: string,
      input: UpdateAddress,
      options?: CallOptions,
    ): Promise<Address> =>
      send({
        method: 'PATCH',
        path: path`/customer/${id}/address/${addressId}`,
        body: input,
        options,
      }),

    /** A default passes to the address that was added or changed last. `address_not_found`, `precondition_failed`. */
    removeAddress: (id: string, addressId: string, options?: CallOptions): Promise<void> =>
      send({ method: 'DELETE', path: path`/customer/${id}/address/${addressId}`, options }),

    /** The groups a customer is in, with what put it there and until when. */
    listGroups: (
      id = 'me',
      query?: GetCustomerGroupQuery,
      options?: CallOptions,
    ): List<Membership> => list(send, path`/customer/${id}/group`, query, options),

    /** Twice is no error. `group_not_found` where groups are not made by this, `group_has_rule`, `customer_merged`. */
    addToGroup: (
      id: string,
      group: string | AddMembership,
      options?: CallOptions,
    ): Promise<NewMembership> =>
      send({
        method: 'POST',
        path: path`/customer/${id}/group`,
        body: typeof group === 'string' ? { group } : group,
        keyed: true,
        options,
      }),

    /** `group_not_found`, `group_has_rule`, `customer_merged`. */
    removeFromGroup: (id: string, group: string, options?: CallOptions): Promise<void> =>
      send({ method: 'DELETE', path: path`/customer/${id}/group/${group}`, options }),

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

    /** What `merge` would do, with the `planId` to do exactly that. `merge_with_itself`, `guest_cannot_survive`, `customer_merged`. */
    previewMerge: (id: string, from: string, options?: CallOptions): Promise<MergePreview> =>
      send({
        method: 'POST',
        path: path`/customer/${id}/merge/preview`,
        body: { from },
        harmless: true,
        options,
      }),

    /**
     * Makes another customer part of this one. `precondition_failed` when a side has changed since the preview, `merge_with_itself`,
     * `guest_cannot_survive`, `customer_merged`.
     */
    merge: (id: string, input: MergeCustomers, options?: CallOptions): Promise<Merge> =>
      send({
        method: 'POST',
        path: path`/customer/${id}/merge`,
        body: input,
        keyed: true,
        options,
      }),

    /** What happened to a customer, the latest first. */
    listEvents: (id: string, query?: { limit?: number }, options?: CallOptions): List<Event> =>
      list(send, path`/customer/${id}/event`, query, options),

    /** Mails a link to set a new password. `customer_is_guest`, `customer_disabled`, `customer_merged`. */
    sendPasswordReset: (id: string, options?: CallOptions): Promise<Accepted> =>
      send({ method: 'POST', path: path`/customer/${id}/password-reset`, keyed: true, options }),

    /** Mails the link to verify the address once more. `email_already_verified`, `customer_is_guest`, `customer_disabled`. */
    resendVerification: (id: string, options?: CallOptions): Promise<Accepted> =>
      send({
        method: 'POST',
        path: path`/customer/${id}/verify-email/resend`,
        keyed: true,
        options,
      }),

    /** Where a customer is logged in. */
    listSessions: (id: string, options?: CallOptions): List<SessionInfo> =>
      list(send, path`/customer/${id}/session`, {}, options),

    /** Logs a customer out of one session, or of all. `session_not_found`. */
    endSessions: (id: string, sessionId?: string, options?: CallOptions): Promise<void> =>
      send({
        method: 'DELETE',
        path: path`/customer/${id}/session` + (sessionId ? path`/${sessionId}` : ''),
        options,
      }),
  }
}

/** With an id in front, or without for the session's own. */
function withId<T>(given: readonly unknown[]): [string, T, CallOptions | undefined] {
  const [id, input, options] = typeof given[0] === 'string' ? given : ['me', ...given]
  return [id as string, input as T, options as CallOptions | undefined]
}
