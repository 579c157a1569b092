import { type Context, document, mayUse, read, type Versioned } from '#core/context'
import { toWebhook, type Webhook, type WebhookDocument, webhookDocument } from './view.ts'

/** Refuses `webhook_not_found`. */
export async function findWebhook(ctx: Context, id: string): Promise<Versioned<Webhook>> {
  mayUse(ctx, 'event:read')
  const { webhook } = await read(ctx, {
    webhook: document<WebhookDocument>(webhookDocument(ctx, id)),
  })
  return toWebhook(webhook)
}
