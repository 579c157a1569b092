import { sql } from 'drizzle-orm'
import { type Context, document, mayUse, read } from '#core/context'
import {
  type CountedPaging,
  countOf,
  type Page,
  readCursor,
  toPage,
  toTotal,
  writeCursor,
} from '#core/page'
import { Refusal } from '#kernel/error'
import type { Event } from './view.ts'

type Found = {
  readonly id: string | null
  readonly data: Event[]
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
  const before =
    cursor === undefined
      ? sql`true`
      : sql`e.sequence < ${readCursor<number>(ctx, list, cursor)}::int`
  const events = sql`from event e where e.tenant = ${ctx.tenant} and e.customer_id = (select id from it)`
  const { found } = await read(ctx, {
    found: document<Found>(sql`with it as materialized (
        select (visible_customer(${ctx.tenant}, ${customerId})).id as id),
      page as (
        select e ${events} and ${before}
        order by e.sequence desc limit ${limit + 1}::int)
      select json_build_object('id', (select id from it), 'total', ${countOf(count, events)},
        'data', coalesce((select json_agg(event_document(e) order by (e).sequence desc) from page), '[]'))`),
  })
  if (found === null || found.id === null) throw new Refusal('customer_not_found')
  const page = found.data.slice(0, limit)
  const next = found.data.length > limit ? writeCursor(ctx, list, page.at(-1)?.sequence) : null
  return toPage(page, limit, next, toTotal(count, found.total))
}
