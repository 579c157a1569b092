import { acceptedVersions, type Context, commit, mustHaveScope } from '#core/context'
import { newEventValues } from '#core/outbox'
import { newId } from '#kernel/id'
import * as query from './generated/query.ts'
import { groupKey } from './key.ts'

/**
 * Deletes a group: no reader sees it any more. Its memberships end, each with an event: up to 100 at once, the others by a job soon
 * after. Refuses `group_not_found`, `precondition_failed`, `group_in_use`.
 */
export async function deleteGroup(ctx: Context, group: string): Promise<void> {
  mustHaveScope(ctx, 'group:write')
  await commit(ctx, {
    deleted: query.deleteGroup({
      ...newEventValues(ctx),
      group: groupKey(group),
      rest: newId('job', ctx.now),
      accepted: acceptedVersions(ctx),
    }),
  })
}
