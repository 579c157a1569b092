import { type Context, commit, mayUse } from '#core/context'
import { appending } from '#core/outbox'
import { Bug } from '#kernel/error'
import { newId } from '#kernel/id'
import * as query from './generated/query.ts'
import type { ChangeMembers } from './input.ts'
import type { MemberChanges } from './view.ts'

/**
 * Takes many customers out of a group and puts many into it, in one commit: each change has its event, what is no change has none,
 * and ids of nobody are counted. To add to an unknown group makes it unless `create_groups_on_assign` says no. Refuses
 * `group_not_found`, `group_being_deleted`.
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
    group,
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
