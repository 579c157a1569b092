import { type Context, mayUse, read } from '#core/context'
import {
  type CountedPaging,
  countLimit,
  type Page,
  readCursor,
  signCursor,
  toPage,
  toTotal,
} from '#core/page'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'
import type { Event } from './view.ts'

/** Above every number of a sequence. */
const FROM_THE_LATEST = 2 ** 31 - 1

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
  const before = cursor === undefined ? FROM_THE_LATEST : readCursor<number>(ctx, list, cursor)
  const { rows } = await read(ctx, {
    rows: query.listTimeline({
      tenant: ctx.tenant,
      customerId,
      before,
      limit: limit + 1,
      most: countLimit(count),
    }),
  })
  const [first] = rows
  if (first === undefined) throw new Refusal('customer_not_found')
  const events = rows.flatMap(({ event }) => event ?? [])
  const page = events.slice(0, limit)
  const next = events.length > limit ? signCursor(ctx, list, page.at(-1)?.sequence) : null
  return toPage(page, limit, next, toTotal(count, first.total))
}
