import { type Context, commit, mustHaveScope } from '#core/context'
import { findJobPayload, newEventValues } from '#core/outbox'
import { newId } from '#kernel/id'
import * as query from './generated/query.ts'

/** The commits that one job does; then another goes on. */
const COMMITS = 10

/**
 * For the system: does one job of the kind `dissolve_group`. It ends the next memberships of a deleted group, a hundred in a commit, so that
 * nobody waits long for one of their customers. Each commit enqueues a job for the rest, and the next commit does that job. So the queue's message for it finds no job. A job that is done already refuses with `isDone`, or finds nothing.
 */
export async function dissolveGroup(ctx: Context, jobId: string): Promise<void> {
  mustHaveScope(ctx, 'group:write')
  let id = jobId
  for (let done = 0; done < COMMITS; done++) {
    const job = await findJobPayload(ctx, id)
    if (job === null) return
    const rest = newId('job', ctx.now)
    await commit(ctx, {
      left: query.endNextGroupMemberships({
        ...newEventValues(ctx),
        job: id,
        group: String(job.group),
        rest,
      }),
    })
    id = rest
  }
}
