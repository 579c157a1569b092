import { type Context, commitQuietly, mayUse, read } from '#core/context'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'
import { recordOrders } from './record.ts'

/**
 * Records the orders of dead letters that someone replays: once more what the queue gave up on. An order may be recorded twice, so
 * its job goes after it. Refuses `customer_not_found` when one of them still has no customer.
 */
export async function recordOrderJobs(ctx: Context, ids: readonly string[]): Promise<void> {
  mayUse(ctx, 'order:write')
  const { tenant } = ctx
  const { jobs } = await read(ctx, { jobs: query.findOrderJobs({ tenant, ids }) })
  if (jobs.length === 0) return
  const recorded = await recordOrders(
    ctx,
    jobs.map(({ order }) => order),
  )
  const done = jobs.filter((_, at) => recorded[at]).map(({ id }) => id)
  await commitQuietly(ctx, { deleted: query.deleteOrderJobs({ tenant, ids: done }) })
  if (done.length < jobs.length) throw new Refusal('customer_not_found')
}
