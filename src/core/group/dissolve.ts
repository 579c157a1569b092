import { type Context, commit, mayUse } from '#core/context'
import { appending, findJob } from '#core/outbox'
import { newId } from '#kernel/id'
import * as query from './generated/query.ts'

/**
 * The system's: does one job of the kind `dissolve_group`, which takes the next 500 members out of a group that was deleted and
 * leaves another job when there are more. A job that is done ends with `isDone`, or finds nothing.
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
