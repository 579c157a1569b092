import { acceptedVersions, type Context, commitWithoutKey, mustHaveScope } from '#core/context'
import * as query from './generated/query.ts'

/** Deletes a webhook: nothing is sent to it any more. Its deliveries are purged later. Refuses `webhook_not_found`, `precondition_failed`. */
export async function deleteWebhook(ctx: Context, id: string): Promise<void> {
  mustHaveScope(ctx, 'webhook:write')
  await commitWithoutKey(ctx, {
    deleted: query.deleteWebhook({
      tenant: ctx.tenant,
      now: ctx.now.toISOString(),
      id,
      accepted: acceptedVersions(ctx),
    }),
  })
}
