import { sql } from 'drizzle-orm'
import { type Context, document, mayUse, read } from '#core/context'
import {
  type CountedPaging,
  countedOf,
  type Page,
  readCursor,
  signCursor,
  toPage,
  toTotal,
} from '#core/page'
import { Refusal } from '#kernel/error'
import type { Event } from './view.ts'

type Found = {
  readonly events: Event[]
  readonly total: number | null
}

/**
 * What happened to a customer, the latest first; of one that was merged, what happened to its survivor. Refuses
 * `customer_not_found`, `invalid_cursor`.
 */
export async function listTimeline(
  ctx: Context,
  customerId: string,
  { limit, cursor, count }: CountedPaging,
): Promise<Page<Event>> {
  mayUse(ctx, 'event:read')
  const list = ['timeline', customerId]
  const before = cursor === undefined ? null : readCursor<number>(ctx, list, cursor)
  const { found } = await read(ctx, {
    found: document<Found>(
      sql`timeline_page(${ctx.tenant}, ${customerId}, ${before}::int, ${limit}::int, ${countedOf(count)})`,
    ),
  })
  if (found === null) throw new Refusal('customer_not_found')
  const page = found.events.slice(0, limit)
  const next = found.events.length > limit ? signCursor(ctx, list, page.at(-1)?.sequence) : null
  return toPage(page, limit, next, toTotal(count, found.total))
}
