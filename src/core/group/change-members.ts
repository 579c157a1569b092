import { type Context, commit, mustHaveScope } from '#core/context'
import { newEventValues } from '#core/outbox'
import type { RowOf } from '#db/use-case'
import { Bug } from '#kernel/error'
import { newId } from '#kernel/id'
import * as query from './generated/query.ts'
import { groupKey } from './key.ts'
import type { changeMembers as ChangeMembers } from './query/change-members.ts'
import type { MemberChanges } from './view.ts'

type Named = { readonly add: readonly string[]; readonly remove: readonly string[] }

/**
 * Removes and adds many customers in one commit. Each change has its event; the answer counts unknown ids, and members whom
 * the rule keeps. Adding a known customer to an unknown group creates it if `create_groups_on_assign` allows it. Refuses `group_not_found`, `group_being_deleted`.
 */
export async function changeMembers(
  ctx: Context,
  group: string,
  { add, remove }: Named,
): Promise<MemberChanges> {
  mustHaveScope(ctx, 'group:write')
  const call = changeMembersCall(ctx, group, { add, remove }, ctx.settings.create_groups_on_assign)
  const { answer } = await commit(ctx, { answer: call.asAnswer(null) })
  const [counts] = answer
  if (counts === undefined) throw new Bug('a count has a row')
  return toMemberChangeCounts(counts, new Set([...add, ...remove]).size)
}

/** The statement of `changeMembers`. */
export const changeMembersCall = (
  ctx: Context,
  group: string,
  { add, remove }: Named,
  create: boolean,
) =>
  query.changeMembers({
    ...newEventValues(ctx),
    addedEvent: newId('event', ctx.now),
    addedJob: newId('job', ctx.now),
    group: groupKey(group),
    name: group,
    create: create && add.length > 0,
    add,
    remove,
    named: [...new Set([...add, ...remove])],
  })

/** @param named the number of customers who were named. */
export function toMemberChangeCounts(
  counts: RowOf<typeof ChangeMembers>,
  named: number,
): MemberChanges {
  const { found, added, removed, keptByRule } = counts
  const unchanged = found - added - removed - keptByRule
  return { added, removed, unchanged, keptByRule, notFound: named - found }
}
