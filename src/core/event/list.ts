import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { type Context, document, mayUse, read } from '#core/context'
import { type Page, Paging, readCursor, toPage, writeCursor } from '#core/page'
import { Refusal } from '#kernel/error'
import { idPattern } from '#kernel/id'
import { type Event, EventName } from './view.ts'

export const ListEvents = z.strictObject({
  after: z.string().min(1).max(4000).optional().meta({
    description: "An event id, or the last page's `nextCursor`: go on after it",
  }),
  type: z.array(EventName).max(50).optional().meta({ description: 'Any of these' }),
  customer: z.string().regex(idPattern('customer')).optional(),
  limit: Paging.shape.limit,
})
export type ListEvents = z.output<typeof ListEvents>

type Position = { readonly xact: string; readonly id: string }
type Found = { readonly known: boolean; readonly data: Event[]; readonly next: Position | null }

/** How many events one page looks at; it may hold fewer than `limit` before the end. */
const SPAN = 2000

/**
 * The feed: every event, in the order of the transactions that wrote them. It ends before the oldest transaction that is still
 * running, for that one may yet commit an event that belongs before those we see. Refuses `event_not_found` for an `after` that
 * is not kept (any more), `invalid_cursor`.
 */
export async function listEvents(ctx: Context, input: ListEvents): Promise<Page<Event>> {
  mayUse(ctx, 'event:read')
  const { after, limit, ...filter } = input
  const list = ['event', filter]
  const isId = after === undefined || idPattern('event').test(after)
  const { found } = await read(ctx, {
    found: document<Found>(
      feedStatement(ctx, input, isId ? null : readCursor<Position>(ctx, list, after)),
    ),
  })
  if (found === null || !found.known) throw new Refusal('event_not_found')
  return toPage(found.data, limit, found.next && writeCursor(ctx, list, found.next))
}

function feedStatement(ctx: Context, input: ListEvents, position: Position | null): SQL {
  const { after, type, customer, limit } = input
  const ofCustomer = customer === undefined ? sql`true` : sql`customer_id = ${customer}`
  const ofType = type === undefined ? sql`true` : sql`type = any(${sql.param(type)}::text[])`
  return sql`with start as materialized (${startOf(ctx, after, position)}),
    span as materialized (
      select event as it, xact, id, type from event
      where tenant = ${ctx.tenant} and ${ofCustomer}
        and (xact, id) > ((select xact from start), (select id from start))
        and xact < pg_snapshot_xmin(pg_current_snapshot())
      order by xact, id limit ${SPAN}::int),
    page as materialized (
      select *, row_number() over (order by xact, id) as n from span where ${ofType} order by xact, id limit ${limit + 1}::int),
    last as (
      select xact, id from page where n = ${limit}::int and exists (select from page where n > ${limit}::int)
      union all
      (select xact, id from span
        where (select count(*) from page) <= ${limit}::int and (select count(*) from span) = ${SPAN}::int
        order by xact desc, id desc limit 1))
    select json_build_object(
      'known', exists (select from start),
      'data', coalesce((select json_agg(event_document(it) order by n) from page where n <= ${limit}::int), '[]'),
      'next', (select json_build_object('xact', xact::text, 'id', id) from last))`
}

function startOf(ctx: Context, after: string | undefined, position: Position | null): SQL {
  if (position !== null)
    return sql`select ${position.xact}::xid8 as xact, ${position.id}::text collate "C" as id`
  if (after === undefined) return sql`select '0'::xid8 as xact, '' collate "C" as id`
  return sql`select xact, id from event where tenant = ${ctx.tenant} and id = ${after}`
}
