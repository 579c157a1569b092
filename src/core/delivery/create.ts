import { type Context, commitWithoutKey } from '#core/context'
import { newId } from '#kernel/id'
import * as query from './generated/query.ts'
import { wakeEndpoints } from './wake.ts'

/** Creates the deliveries of the events of these jobs, to every endpoint that asked for them, in one statement. */
export async function createDeliveriesOfEvents(
  ctx: Context,
  jobs: readonly string[],
): Promise<void> {
  const { added } = await commitWithoutKey(ctx, {
    added: query.createDeliveriesOfEvents({
      tenant: ctx.tenant,
      now: ctx.now.toISOString(),
      delivery: newId('delivery', ctx.now),
      ids: jobs,
      judge: newId('job', ctx.now),
    }),
  })
  wakeEndpoints(ctx, webhookIdsOf(added))
}

/** The distinct endpoints of the rows. */
export const webhookIdsOf = (
  rows: readonly { readonly webhookId: string }[],
): ReadonlySet<string> => new Set(rows.map(({ webhookId }) => webhookId))
