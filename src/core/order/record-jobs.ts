import { type Context, commitQuietly, mayUse, read } from '#core/context'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'
import { recordOrders } from './record.ts'

/**
 * Records the orders of dead letters that staff replays. Recording an order twice changes nothing, so its job is deleted afterwards.
 * If one of them is refused again, so is the job: `customer_not_found`, `invalid_input`.
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
  const refused = recorded.find((answer) => answer instanceof Refusal)
  const done = jobs.filter((_, at) => !(recorded[at] instanceof Refusal)).map(({ id }) => id)
  await commitQuietly(ctx, { deleted: query.deleteOrderJobs({ tenant, ids: done }) })
  if (refused !== undefined) throw refused
}
