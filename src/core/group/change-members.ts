import { type Context, commit, mayUse } from '#core/context'
import { appending } from '#core/outbox'
import { Bug } from '#kernel/error'
import { newId } from '#kernel/id'
import * as query from './generated/query.ts'
import type { ChangeMembers } from './input.ts'
import { groupKey } from './key.ts'
import type { MemberChanges } from './view.ts'

/**
 * Removes and adds many customers in one commit. Each change has its event; the answer counts unknown ids. Adding to an unknown group
 * creates it if `create_groups_on_assign` allows it. Refuses `group_not_found`, `group_being_deleted`.
 */
export async function changeMembers(
  ctx: Context,
  group: string,
  { add, remove }: ChangeMembers,
): Promise<MemberChanges> {
  mayUse(ctx, 'group:write')
  const named = [...new Set([...add, ...remove])]
  const call = query.changeMembers({
    ...appending(ctx),
    addedEvent: newId('event', ctx.now),
    addedJob: newId('job', ctx.now),
    group: groupKey(group),
    name: group,
    create: ctx.settings.create_groups_on_assign && add.length > 0,
    add,
    remove,
    named,
  })
  const { answer } = await commit(ctx, { answer: call.asAnswer(null) })
  const [counts] = answer
  if (counts === undefined) throw new Bug('a count has a row')
  const { found, added, removed } = counts
  return { added, removed, unchanged: found - added - removed, notFound: named.length - found }
}
