import { path } from './encode.ts'
import { type List, list } from './list.ts'
import type {
  ChangeMembers,
  CreateGroup,
  GetGroupMemberQuery,
  GetGroupQuery,
  Group,
  Member,
  MemberChanges,
  UpdateGroup,
} from './model.ts'
import type { CallOptions, Send } from './request.ts'

/** Groups of customers. Any text names a group: `VIP` is the group `vip`, and becomes the name of a new one. */
export function groups(send: Send) {
  return {
    /** `group_taken`. */
    create: (input: CreateGroup, options?: CallOptions): Promise<Group> =>
      send({ method: 'POST', path: '/group', body: input, keyed: true, options }),

    list: (query?: GetGroupQuery, options?: CallOptions): List<Group> =>
      list(send, '/group', query, options),

    /** `group_not_found`. */
    retrieve: (key: string, options?: CallOptions): Promise<Group> =>
      send({ method: 'GET', path: path`/group/${key}`, options }),

    /** Changes the named fields; null clears, metadata is merged. `group_not_found`, `precondition_failed`. */
    update: (key: string, input: UpdateGroup, options?: CallOptions): Promise<Group> =>
      send({ method: 'PATCH', path: path`/group/${key}`, body: input, options }),

    /** Ends its memberships. `group_not_found`, `group_in_use`, `precondition_failed`. */
    delete: (key: string, options?: CallOptions): Promise<void> =>
      send({ method: 'DELETE', path: path`/group/${key}`, options }),

    listMembers: (key: string, query?: GetGroupMemberQuery, options?: CallOptions): List<Member> =>
      list(send, path`/group/${key}/member`, query, options),

    /** Adds and removes up to 1,000 customers each; answers with counts. `group_not_found`. */
    changeMembers: (
      key: string,
      input: ChangeMembers,
      options?: CallOptions,
    ): Promise<MemberChanges> =>
      send({
        method: 'POST',
        path: path`/group/${key}/member`,
        body: input,
        keyed: true,
        options,
      }),
  }
}
