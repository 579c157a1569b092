import { sql } from 'drizzle-orm'
import { type Context, mayUse } from '#core/context'
import { type CountedPaging, type Page, readDocumentPage } from '#core/page'
import type { Webhook } from './view.ts'

/** All webhooks, the newest first. Refuses `invalid_cursor`. */
export async function listWebhooks(ctx: Context, paging: CountedPaging): Promise<Page<Webhook>> {
  mayUse(ctx, 'event:read')
  const webhooks = {
    rows: sql`from webhook it where it.tenant = ${ctx.tenant} and it.status <> 'deleted'`,
    item: sql`webhook_row_document(it)`,
    key: sql`it.id`,
    newestFirst: true,
  } as const
  return readDocumentPage(ctx, ['webhook'], webhooks, paging)
}
