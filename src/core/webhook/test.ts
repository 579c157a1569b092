import { type Context, document, mayUse, read } from '#core/context'
import { openSecret, type Ping, sendMessage } from '#core/delivery'
import { newId } from '#kernel/id'
import { toWebhook, type WebhookDocument, webhookDocument } from './view.ts'

/** Sends a message of type `webhook.test` at once and tells what came of it; nothing is kept. Refuses `webhook_not_found`. */
export async function testWebhook(ctx: Context, id: string): Promise<Ping> {
  mayUse(ctx, 'webhook:write')
  const { found } = await read(ctx, {
    found: document<WebhookDocument>(webhookDocument(ctx, id, true)),
  })
  const { url } = toWebhook(found).value
  const secret = openSecret(ctx, id, found?.secret ?? '')
  const event = newId('event', ctx.now)
  const body = JSON.stringify({
    id: event,
    type: 'webhook.test',
    timestamp: ctx.now.toISOString(),
    sequence: null,
    actor: { type: ctx.actor.type, id: ctx.actor.id },
    requestId: ctx.requestId,
    data: { webhookId: id },
  })
  const attempt = await sendMessage(ctx, { url, secrets: [secret] }, { id: event, body })
  const { delivered, durationMs, error, status } = attempt
  const response = status === null ? null : { status, body: attempt.body, durationMs }
  return { delivered, durationMs, error, response }
}
