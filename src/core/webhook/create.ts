import { type Context, commitUntold, mayUse, type Versioned } from '#core/context'
import { newSecret } from '#core/delivery'
import { newId } from '#kernel/id'
import * as query from './generated/query.ts'
import type { CreateWebhook } from './input.ts'
import { refuseForbiddenUrl } from './url.ts'
import { toWebhookWithSecret, type WebhookWithSecret } from './view.ts'

/** An endpoint that gets events from now on. Refuses `invalid_input` for an address that nothing may be sent to. */
export async function createWebhook(
  ctx: Context,
  { url, events, description = null }: CreateWebhook,
): Promise<Versioned<WebhookWithSecret>> {
  mayUse(ctx, 'webhook:write')
  refuseForbiddenUrl(ctx, url)
  const id = newId('webhook', ctx.now)
  const call = query.createWebhook({
    tenant: ctx.tenant,
    now: ctx.now.toISOString(),
    id,
    url,
    events,
    description,
    secret: newSecret(ctx, id),
  })
  const { answer } = await commitUntold(ctx, { answer: call.asAnswer(null) })
  return toWebhookWithSecret(ctx, answer[0])
}
