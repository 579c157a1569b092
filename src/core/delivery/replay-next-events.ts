import { type Context, commitWithoutKey } from '#core/context'
import { newId } from '#kernel/id'
import { webhookIdsOf } from './create.ts'
import * as query from './generated/query.ts'
import { wakeEndpoints } from './wake.ts'

const AT_ONCE = 1000

/** One step of a requested replay: starts the deliveries of some of its events again, and enqueues a job for the rest. */
export async function replayNextEvents(ctx: Context, job: string): Promise<void> {
  const { replayed } = await commitWithoutKey(ctx, {
    replayed: query.replayNextEventsOfRange({
      tenant: ctx.tenant,
      now: ctx.now.toISOString(),
      delivery: newId('delivery', ctx.now),
      id: job,
      rest: newId('job', ctx.now),
      limit: AT_ONCE,
    }),
  })
  wakeEndpoints(ctx, webhookIdsOf(replayed))
}
