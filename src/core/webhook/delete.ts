import { type Context, commitQuietly, mayUse } from '#core/context'
import * as query from './generated/query.ts'

/** Nothing is sent any more. What was on its way is forgotten by and by. Refuses `webhook_not_found`, `precondition_failed`. */
export async function deleteWebhook(ctx: Context, id: string): Promise<void> {
  mayUse(ctx, 'webhook:write')
  await commitQuietly(ctx, {
    deleted: query.deleteWebhook({
      tenant: ctx.tenant,
      now: ctx.now.toISOString(),
      id,
      read: ctx.ifMatch,
    }),
  })
}
