import { type Context, commit, mayUse } from '#core/context'
import { appending, findJob } from '#core/outbox'
import { newId } from '#kernel/id'
import * as query from './generated/query.ts'

/**
 * For the system: does one job of the kind `dissolve_group`. It ends the next 500 memberships of a deleted group, and enqueues
 * another job if there are more. A job that is done already refuses with `isDone`, or finds nothing.
 */
export async function dissolveGroup(ctx: Context, jobId: string): Promise<void> {
  mayUse(ctx, 'group:write')
  const job = await findJob(ctx, jobId)
  if (job === null) return
  await commit(ctx, {
    left: query.dissolveGroup({
      ...appending(ctx),
      job: jobId,
      group: String(job.group),
      rest: newId('job', ctx.now),
    }),
  })
}
