import * as z from 'zod'
import { type Context, mustHaveScope, readWithinPageLimits } from '#core/context'
import {
  AFTER_ALL_IDS,
  CountedPaging,
  countIfAsked,
  type Page,
  readKeyset,
  toKeysetPage,
} from '#core/page'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'
import { type Delivery, DeliveryStatus } from './view.ts'

export const ListDeliveries = z.strictObject({
  status: DeliveryStatus.optional(),
  ...CountedPaging.shape,
})
export type ListDeliveries = z.output<typeof ListDeliveries>

/** The deliveries to a webhook, newest first. Refuses `webhook_not_found`, `invalid_cursor`. */
export async function listDeliveries(
  ctx: Context,
  webhookId: string,
  { status, ...paging }: ListDeliveries,
): Promise<Page<Delivery>> {
  mustHaveScope(ctx, 'event:read')
  const list = ['delivery', webhookId, status]
  const which = { tenant: ctx.tenant, webhookId, status: status ?? null }
  const found = await readWithinPageLimits(ctx, {
    rows: query.listDeliveries({ ...which, ...readKeyset(ctx, list, paging, AFTER_ALL_IDS) }),
    ...countIfAsked(paging.count, (most) => query.countDeliveries({ ...which, most })),
  })
  if (found.rows.length === 0) throw new Refusal('webhook_not_found')
  return toKeysetPage(ctx, list, found, paging, ({ id }) => id)
}
