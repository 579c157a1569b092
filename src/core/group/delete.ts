import { type Context, commit, mayUse } from '#core/context'
import { appending } from '#core/outbox'
import { newId } from '#kernel/id'
import * as query from './generated/query.ts'

/**
 * The group is no more, to whoever asks. Its members leave it, each with an event: up to 500 at once, the others by a job within
 * the next moments. Refuses `group_not_found`, `precondition_failed`.
 */
export async function deleteGroup(ctx: Context, group: string): Promise<void> {
  mayUse(ctx, 'group:write')
  await commit(ctx, {
    deleted: query.deleteGroup({
      ...appending(ctx),
      group,
      rest: newId('job', ctx.now),
      read: ctx.ifMatch,
    }),
  })
}
