import { sql } from 'drizzle-orm'
import { type Context, commitUntold, keep, mayUse, rows, type Versioned } from '#core/context'
import { newSecret } from '#core/delivery'
import { stampChanged } from '#core/outbox'
import { lockWebhook } from './lock.ts'
import {
  toWebhookWithSecret,
  type WebhookDocument,
  type WebhookWithSecret,
  webhookDocument,
} from './view.ts'

const BOTH_FOR_MS = 24 * 60 * 60 * 1000

/** A new secret; for 24 hours the one before signs too. Refuses `webhook_not_found`, `precondition_failed`. */
export async function rotateSecret(
  ctx: Context,
  id: string,
): Promise<Versioned<WebhookWithSecret>> {
  mayUse(ctx, 'webhook:write')
  const until = new Date(ctx.now.getTime() + BOTH_FOR_MS)
  const { answer } = await commitUntold(ctx, {
    webhook: lockWebhook(ctx, id),
    rotated: rows(sql`update webhook set
        previous_secret = secret, previous_secret_until = ${until.toISOString()}::timestamptz, secret = ${newSecret(ctx, id)},
        version = version + 1, changed_at = ${stampChanged([{ name: 'secret', differs: sql`true` }])},
        updated_at = ${ctx.now.toISOString()}::timestamptz
      where tenant = ${ctx.tenant} and id = ${id}`),
    answer: keep<WebhookDocument>(sql`select ${webhookDocument(ctx, id, true)}`),
  })
  return toWebhookWithSecret(ctx, answer)
}
