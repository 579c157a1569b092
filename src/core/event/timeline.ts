import { type Context, mustHaveScope, readWithinPageLimits } from '#core/context'
import {
  type CountedPaging,
  countIfAsked,
  type Page,
  readCursor,
  signCursor,
  toPage,
  toTotal,
} from '#core/page'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'
import type { Event } from './view.ts'

/** Above every sequence number. */
const FROM_THE_LATEST = 2 ** 31 - 1

/**
 * The events of a customer, or of the survivor of its merge, latest first. Refuses `customer_not_found`, `invalid_cursor`.
 */
export async function listTimeline(
  ctx: Context,
  customerId: string,
  { limit, cursor, count }: CountedPaging,
): Promise<Page<Event>> {
  mustHaveScope(ctx, 'event:read')
  const list = ['timeline', customerId]
  const before = cursor === undefined ? FROM_THE_LATEST : readCursor<number>(ctx, list, cursor)
  const { tenant } = ctx
  const { rows, counted } = await readWithinPageLimits(ctx, {
    rows: query.listTimeline({ tenant, customerId, before, limit: limit + 1 }),
    ...countIfAsked(count, (most) => query.countTimeline({ tenant, customerId, most })),
  })
  if (rows.length === 0) throw new Refusal('customer_not_found')
  const events = rows.flatMap(({ event }) => event ?? [])
  const page = events.slice(0, limit)
  const next = events.length > limit ? signCursor(ctx, list, page.at(-1)?.sequence) : null
  return toPage(page, limit, next, toTotal(count, counted))
}
