import { type Context, commitQuietly } from '#core/context'
import { newId } from '#kernel/id'
import * as query from './generated/query.ts'
import { wakeEndpoints } from './wake.ts'

/** Puts the events of these jobs on their way to every endpoint that asked for them: one statement, whatever their number. */
export async function announceEvents(ctx: Context, jobs: readonly string[]): Promise<void> {
  const { added } = await commitQuietly(ctx, {
    added: query.announceEvents({
      tenant: ctx.tenant,
      now: ctx.now.toISOString(),
      delivery: newId('delivery', ctx.now),
      ids: jobs,
    }),
  })
  wakeEndpoints(ctx, endpointsOf(added))
}

/** Each once. */
export const endpointsOf = (rows: readonly { readonly webhookId: string }[]): ReadonlySet<string> =>
  new Set(rows.map(({ webhookId }) => webhookId))
