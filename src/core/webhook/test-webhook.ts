import { type Context, mustHaveScope, read } from '#core/context'
import { sendMessage, type WebhookTest } from '#core/delivery'
import { newId } from '#kernel/id'
import * as query from './generated/query.ts'
import { toWebhookWithSecret } from './view.ts'

/** Sends a message of type `webhook.test` at once and answers with the result; nothing is stored. Refuses `webhook_not_found`. */
export async function testWebhook(ctx: Context, id: string): Promise<WebhookTest> {
  mustHaveScope(ctx, 'webhook:write')
  const { rows } = await read(ctx, { rows: query.findWebhookSecret({ tenant: ctx.tenant, id }) })
  const { url, secret } = toWebhookWithSecret(ctx, rows[0]).value
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
