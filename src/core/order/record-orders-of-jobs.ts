import { type Context, commitWithoutKey, mustHaveScope, read } from '#core/context'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'
import { readOrderMessage } from './input.ts'
import { recordOrders } from './record.ts'

/**
 * Records the orders of dead letters that staff replays. Recording an order twice changes nothing, so its job is deleted afterwards.
 * Resolves with the jobs whose order is refused again or cannot be read.
 */
export async function recordOrdersOfJobs(
  ctx: Context,
  ids: readonly string[],
): Promise<readonly string[]> {
  mustHaveScope(ctx, 'order:write')
  const { tenant } = ctx
  const { jobs } = await read(ctx, { jobs: query.findOrdersOfJobs({ tenant, ids }) })
  const given = jobs.flatMap(({ id, payload }) => {
    const order = readOrderMessage(payload)
    return order === null || order.tenant !== tenant ? [] : [{ id, order }]
  })
  if (given.length === 0) return jobs.map(({ id }) => id)
  const recorded = await recordOrders(
    ctx,
    given.map(({ order }) => order),
  )
  const done = given.filter((_, at) => !(recorded[at] instanceof Refusal)).map(({ id }) => id)
  await commitWithoutKey(ctx, { deleted: query.deleteOrderJobs({ tenant, ids: done }) })
  return jobs.map(({ id }) => id).filter((id) => !done.includes(id))
}
