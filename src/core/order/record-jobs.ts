import { sql } from 'drizzle-orm'
import { type Context, commitQuietly, look, mayUse, read, rows } from '#core/context'
import { takenJobs, textArray } from '#core/outbox'
import { Refusal } from '#kernel/error'
import { type GivenOrder, recordOrders } from './record.ts'

/**
 * Records the orders of dead letters that someone replays: once more what the queue gave up on. An order may be recorded twice, so
 * its job goes after it. Refuses `customer_not_found` when one of them still has no customer.
 */
export async function recordOrderJobs(ctx: Context, ids: readonly string[]): Promise<void> {
  mayUse(ctx, 'order:write')
  const { jobs } = await read(ctx, {
    jobs: look<{ id: string; payload: GivenOrder }>(
      sql`select id, payload from job where tenant = ${ctx.tenant} and id = any(${textArray(ids)})`,
    ),
  })
  if (jobs.length === 0) return
  const recorded = await recordOrders(
    ctx,
    jobs.map(({ payload }) => payload),
  )
  const done = jobs.filter((_, at) => recorded[at]).map(({ id }) => id)
  await commitQuietly(ctx, { taken: rows(takenJobs(ctx, done)) })
  if (done.length < jobs.length) throw new Refusal('customer_not_found')
}
