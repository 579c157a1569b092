import { type Context, commit, mayUse } from '#core/context'
import { appending, findJob } from '#core/outbox'
import { newId } from '#kernel/id'
import * as query from './generated/query.ts'

/** The commits that one job does; then another goes on. */
const COMMITS = 10

/**
 * For the system: does one job of the kind `dissolve_group`. It ends the next memberships of a deleted group, a hundred in a commit, so that
 * nobody waits long for one of their customers. Each commit enqueues a job for what is left, and the next one takes it; the queue's message
 * for it finds nothing. A job that is done already refuses with `isDone`, or finds nothing.
 */
export async function dissolveGroup(ctx: Context, jobId: string): Promise<void> {
  mayUse(ctx, 'group:write')
  let id = jobId
  for (let done = 0; done < COMMITS; done++) {
    const job = await findJob(ctx, id)
    if (job === null) return
    const rest = newId('job', ctx.now)
    await commit(ctx, {
      left: query.dissolveGroup({ ...appending(ctx), job: id, group: String(job.group), rest }),
    })
    id = rest
  }
}
