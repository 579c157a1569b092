import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { type Context, document, mayUse, read } from '#core/context'
import { CountedPaging, type Found, keysetDocument, type Page, toDocumentPage } from '#core/page'
import { Refusal } from '#kernel/error'
import { type Delivery, DeliveryStatus } from './view.ts'

export const ListDeliveries = z.strictObject({
  status: DeliveryStatus.optional(),
  ...CountedPaging.shape,
})
export type ListDeliveries = z.output<typeof ListDeliveries>

/** What was and is on its way to a webhook, the newest first. Refuses `webhook_not_found`, `invalid_cursor`. */
export async function listDeliveries(
  ctx: Context,
  webhookId: string,
  { status, ...paging }: ListDeliveries,
): Promise<Page<Delivery>> {
  mayUse(ctx, 'event:read')
  const list = ['delivery', webhookId, status]
  const ofStatus = status === undefined ? sql`true` : sql`it.status = ${status}`
  const deliveries = {
    rows: sql`from delivery it where it.tenant = ${ctx.tenant} and it.webhook_id = ${webhookId} and ${ofStatus}`,
    item: sql`delivery_document(it)`,
    key: sql`it.id`,
    newestFirst: true,
  } as const
  const { known, found } = await read(ctx, {
    known: document(
      sql`select true from webhook where tenant = ${ctx.tenant} and id = ${webhookId} and status <> 'deleted'`,
    ),
    found: document<Found<Delivery>>(keysetDocument(ctx, list, deliveries, paging)),
  })
  if (known === null || found === null) throw new Refusal('webhook_not_found')
  return toDocumentPage(ctx, list, found, paging)
}
