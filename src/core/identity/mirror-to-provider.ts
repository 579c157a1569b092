import { type Context, read } from '#core/context'
import { completeJob } from '#core/outbox'
import * as query from './generated/query.ts'

/** Updates the provider's user to the state of a customer, if the tenant has a provider. The queue tries again while it is away. */
export async function mirrorCustomer(ctx: Context, jobId: string): Promise<void> {
  const { rows } = await read(ctx, {
    rows: query.findCustomerToMirror({ tenant: ctx.tenant, id: jobId }),
  })
  const [found] = rows
  if (found !== undefined) await ctx.identity.accounts.mirror(ctx, found)
  await completeJob(ctx, jobId)
}
