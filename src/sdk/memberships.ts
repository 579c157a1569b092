import { encodePath } from './encode.ts'
import { type List, list } from './list.ts'
import type { AddMembership, GetCustomerGroupQuery, Membership, NewMembership } from './model.ts'
import type { CallOptions, Send } from './request.ts'

/** The groups of a customer. See `customers` for the errors of every call. */
export function membershipsApi(send: Send) {
  return {
    /**
     * The groups of a customer, with the origin and the end of each membership; `why` says for which values the rule of a group holds the
     * customer.
     */
    listGroups: (
      id = 'me',
      query?: GetCustomerGroupQuery,
      options?: CallOptions,
    ): List<Membership> => list(send, encodePath`/customer/${id}/group`, query, options),

    /**
     * Adds a customer to a group. `group` is a key or any text that names the group, such as `VIP`. A repeat is no error. `group_not_found` if the store does not create
     * groups by this, `group_being_deleted`, `customer_merged`.
     */
    addToGroup: (
      id: string,
      group: string | AddMembership,
      options?: CallOptions,
    ): Promise<NewMembership> =>
      send({
        method: 'POST',
        path: encodePath`/customer/${id}/group`,
        body: typeof group === 'string' ? { group } : group,
        keyed: true,
        options,
      }),

    /**
     * Removes the membership by hand; the rule of the group may keep the customer in. `membership_not_found`, `customer_merged`, and
     * `membership_by_rule` with the error's `why` if only the rule holds the customer.
     */
    removeFromGroup: (id: string, group: string, options?: CallOptions): Promise<void> =>
      send({ method: 'DELETE', path: encodePath`/customer/${id}/group/${group}`, options }),
  }
}
