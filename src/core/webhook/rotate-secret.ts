import { type Context, commitUntold, mayUse, type Versioned } from '#core/context'
import { newSecret } from '#core/delivery'
import * as query from './generated/query.ts'
import { toWebhookWithSecret, type WebhookWithSecret } from './view.ts'

const BOTH_FOR_MS = 24 * 60 * 60 * 1000

/** A new secret; for 24 hours the one before signs too. Refuses `webhook_not_found`, `precondition_failed`. */
export async function rotateSecret(
  ctx: Context,
  id: string,
): Promise<Versioned<WebhookWithSecret>> {
  mayUse(ctx, 'webhook:write')
  const call = query.rotateSecret({
    tenant: ctx.tenant,
    now: ctx.now.toISOString(),
    id,
    secret: newSecret(ctx, id),
    until: new Date(ctx.now.getTime() + BOTH_FOR_MS).toISOString(),
    read: ctx.ifMatch,
  })
  const { answer } = await commitUntold(ctx, { answer: call.asAnswer(null) })
  return toWebhookWithSecret(ctx, answer[0])
}
