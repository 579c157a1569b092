import { path } from './encode.ts'
import { type List, list } from './list.ts'
import type { AddMembership, GetCustomerGroupQuery, Membership, NewMembership } from './model.ts'
import type { CallOptions, Send } from './request.ts'

/** The groups a customer is in. What any call may reject with: see `customers`. */
export function memberships(send: Send) {
  return {
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
  }
}
