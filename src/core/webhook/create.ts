import { sql } from 'drizzle-orm'
import { type Context, commitUntold, keep, mayUse, rows, type Versioned } from '#core/context'
import { newSecret } from '#core/delivery'
import { textArray } from '#core/outbox'
import { newId } from '#kernel/id'
import type { CreateWebhook } from './input.ts'
import { expectAllowedUrl } from './judge.ts'
import {
  toWebhookWithSecret,
  type WebhookDocument,
  type WebhookWithSecret,
  webhookDocument,
} from './view.ts'

/** An endpoint that is told of events from now on. Refuses `invalid_input` for an address that nothing may be sent to. */
export async function createWebhook(
  ctx: Context,
  { url, events, description = null }: CreateWebhook,
): Promise<Versioned<WebhookWithSecret>> {
  mayUse(ctx, 'webhook:write')
  expectAllowedUrl(ctx, url)
  const id = newId('webhook', ctx.now)
  const now = sql`${ctx.now.toISOString()}::timestamptz`
  const { answer } = await commitUntold(ctx, {
    webhook:
      rows(sql`insert into webhook (tenant, id, url, events, description, status, secret, created_at, updated_at)
      values (${ctx.tenant}, ${id}, ${url}, ${textArray(events)}, ${description}, 'enabled', ${newSecret(ctx, id)}, ${now}, ${now})`),
    answer: keep<WebhookDocument>(sql`select ${webhookDocument(ctx, id, true)}`),
  })
  return toWebhookWithSecret(ctx, answer)
}
