import { type Context, commitWithoutEvent, mustHaveScope, type Versioned } from '#core/context'
import { newSealedWebhookSecret } from '#core/delivery'
import { inputValues } from '#db/input-fields'
import { newId } from '#kernel/id'
import { webhookFields } from './field-list.ts'
import * as query from './generated/query.ts'
import type { CreateWebhook } from './input.ts'
import { toWebhookWithSecret, type WebhookWithSecret } from './view.ts'
import { readWebhookUrl } from './webhook-url.ts'

/** Creates an endpoint that gets events from now on. Refuses `invalid_input` for a forbidden URL. */
export async function createWebhook(
  ctx: Context,
  input: CreateWebhook,
): Promise<Versioned<WebhookWithSecret>> {
  mustHaveScope(ctx, 'webhook:write')
  const url = readWebhookUrl(ctx, input.url)
  const id = newId('webhook', ctx.now)
  const call = query.createWebhook({
    tenant: ctx.tenant,
    now: ctx.now.toISOString(),
    ...inputValues(webhookFields, input),
    id,
    url,
    events: input.events,
    secret: newSealedWebhookSecret(ctx, id),
  })
  const { answer } = await commitWithoutEvent(ctx, { answer: call.asAnswer(null) })
  return toWebhookWithSecret(ctx, answer[0])
}
