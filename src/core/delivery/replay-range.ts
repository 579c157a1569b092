import { type Context, commitQuietly } from '#core/context'
import { newId } from '#kernel/id'
import { endpointsOf } from './announce.ts'
import * as query from './generated/query.ts'
import { wakeEndpoints } from './wake.ts'

const AT_ONCE = 1000

/** One step of a replay that was asked for: sets some of its events out again, and leaves a job for the rest. */
export async function replayRange(ctx: Context, job: string): Promise<void> {
  const { replayed } = await commitQuietly(ctx, {
    replayed: query.replayRange({
      tenant: ctx.tenant,
      now: ctx.now.toISOString(),
      delivery: newId('delivery', ctx.now),
      id: job,
      rest: newId('job', ctx.now),
      limit: AT_ONCE,
    }),
  })
  wakeEndpoints(ctx, endpointsOf(replayed))
}
