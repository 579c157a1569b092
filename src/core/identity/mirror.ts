import { type Context, read } from '#core/context'
import { completeJob } from '#core/outbox'
import * as query from './generated/query.ts'

/** Carries what has become of a customer to the provider, if the tenant has one. The queue tries again while it is away. */
export async function mirrorCustomer(ctx: Context, jobId: string): Promise<void> {
  const { rows } = await read(ctx, { rows: query.findMirrored({ tenant: ctx.tenant, id: jobId }) })
  const [found] = rows
  if (found !== undefined) await ctx.identity.accounts.mirror(ctx, found)
  await completeJob(ctx, jobId)
}
