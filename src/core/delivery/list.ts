import * as z from 'zod'
import { type Context, mayUse, read } from '#core/context'
import { CountedPaging, keysetOf, LAST, type Page, toKeysetPage } from '#core/page'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'
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
  const keyset = keysetOf(ctx, list, paging, LAST)
  const { rows } = await read(ctx, {
    rows: query.listDeliveries({
      tenant: ctx.tenant,
      webhookId,
      status: status ?? null,
      ...keyset,
    }),
  })
  if (rows.length === 0) throw new Refusal('webhook_not_found')
  return toKeysetPage(ctx, list, rows, paging, ({ id }) => id)
}
