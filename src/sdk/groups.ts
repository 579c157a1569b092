import { encodePath } from './encode.ts'
import { type List, list } from './list.ts'
import type {
  ChangeMembers,
  CreateGroup,
  GetGroupMemberQuery,
  GetGroupQuery,
  Group,
  GroupPreview,
  Member,
  MemberChanges,
  PreviewGroup,
  UpdateGroup,
} from './model.ts'
import type { CallOptions, Send } from './request.ts'

type ChangeMembersById = ChangeMembers & {
  /** The ids of customers to add, at most 1,000 together with those to remove. */
  add?: string[]
}

/**
 * Groups of customers. Any text names a group: `VIP` is the group `vip`, and becomes the name of a new one. A group may have a `rule`, a
 * filter of the list of customers: all who match it are in the group. `create` and `update` refuse `rule_not_trusted` for a rule that reads
 * what shoppers can change, unless `allowShopperValues` says so, `rule_cycle`, and `rule_limit_reached` beyond 200 rules.
 */
export function groupsApi(send: Send) {
  function changeMembers(
    key: string,
    input: ChangeMembersById,
    options?: CallOptions,
  ): Promise<MemberChanges>
  function changeMembers(
    key: string,
    input: ChangeMembers,
    options?: CallOptions,
  ): Promise<MemberChanges | Group>
  function changeMembers(key: string, body: ChangeMembers, options?: CallOptions) {
    return send<MemberChanges | Group>({
      method: 'POST',
      path: encodePath`/group/${key}/member`,
      body,
      keyed: true,
      options,
    })
  }

  return {
    /**
     * Creates a group. Its rule is carried out soon after: `state` is `running` until `done` of `total` customers are examined. `group_taken`,
     * `group_being_deleted`.
     */
    create: (input: CreateGroup, options?: CallOptions): Promise<Group> =>
      send({ method: 'POST', path: '/group', body: input, keyed: true, options }),

    /** The groups of the shop. `invalid_cursor`. */
    list: (query?: GetGroupQuery, options?: CallOptions): List<Group> =>
      list(send, '/group', query, options),

    /**
     * Counts the customers who match a rule now, up to 10,000, and says why the first ten do. Nothing is written.
     * `rule_not_trusted`, `narrow_the_query`.
     */
    preview: (input: PreviewGroup, options?: CallOptions): Promise<GroupPreview> =>
      send({ method: 'POST', path: '/group-preview', body: input, harmless: true, options }),

    /** A group by its key. `group_not_found`. */
    retrieve: (key: string, options?: CallOptions): Promise<Group> =>
      send({ method: 'GET', path: encodePath`/group/${key}`, options }),

    /**
     * Changes the named fields; null clears, metadata is merged. With another `rule`, or null for none, `state` is `running` until it is
     * carried out. `group_not_found`, `too_much_metadata`, `precondition_failed`.
     */
    update: (key: string, input: UpdateGroup, options?: CallOptions): Promise<Group> =>
      send({ method: 'PATCH', path: encodePath`/group/${key}`, body: input, options }),

    /** Deletes a group and ends its memberships. `group_not_found`, `group_in_use`, `precondition_failed`. */
    delete: (key: string, options?: CallOptions): Promise<void> =>
      send({ method: 'DELETE', path: encodePath`/group/${key}`, options }),

    /** The members of a group. `why` says for which values the rule of the group holds a member. `group_not_found`. */
    listMembers: (key: string, query?: GetGroupMemberQuery, options?: CallOptions): List<Member> =>
      list(send, encodePath`/group/${key}/member`, query, options),

    /**
     * Adds and removes customers by their ids, 1,000 together at most, and counts them; members by rule stay (`keptByRule`). Or adds all
     * customers who match a filter now, by hand: up to 1,000 at once, with counts; for more the answer is the group, and a job adds them
     * until its `state` is `ready`. `group_not_found`, `group_being_deleted`, `narrow_the_query`.
     */
    changeMembers,
  }
}
