import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { type Context, mayUse, one, read } from '#core/context'
import {
  Paging,
  readCursor,
  signCursor,
  toPagination,
  type Written,
  type WrittenPage,
} from '#core/page'
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
type Found = { readonly data: Written<Event[]> | null; readonly next: Position | null }

/**
 * The feed: every event, in the order of the transactions that wrote them. It ends before the oldest transaction that is still
 * running, for that one may yet commit an event that belongs before those we see. Refuses `event_not_found` for an `after` that
 * is not kept (any more), `invalid_cursor`.
 */
export async function listEvents(ctx: Context, input: ListEvents): Promise<WrittenPage<Event>> {
  mayUse(ctx, 'event:read')
  const { after, limit, ...filter } = input
  const { type, customer } = filter
  const list = ['event', filter]
  const isId = after === undefined || idPattern('event').test(after)
  const position = isId ? null : readCursor<Position>(ctx, list, after)
  const { found } = await read(ctx, {
    found: one<Found, 'read'>(
      sql`select data, next from event_page(${ctx.tenant}, ${isId ? (after ?? null) : null},
        ${position?.xact ?? null}::xid8, ${position?.id ?? null},
        ${sql.param(type ?? null)}::text[], ${customer ?? null}, ${limit}::int)`,
    ),
  })
  const { data, next } = found
  if (data === null) throw new Refusal('event_not_found')
  return { data, pagination: toPagination(limit, next && signCursor(ctx, list, next)) }
}
