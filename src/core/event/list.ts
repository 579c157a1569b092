import * as z from 'zod'
import { type Context, mustHaveScope, readWithinPageLimits } from '#core/context'
import { type Page, Paging, readCursor, signCursor, toPage } from '#core/page'
import { idPattern } from '#kernel/id'
import { lengthAtLeast, lengthAtMost } from '#kernel/length'
import * as query from './generated/query.ts'
import { type Event, EventName } from './view.ts'

export const ListEvents = z.strictObject({
  after: z.string().check(lengthAtLeast(1), lengthAtMost(4000)).optional().meta({
    description: "An event id, or the last page's `nextCursor`. The page begins after it",
  }),
  type: z.array(EventName).check(lengthAtMost(50)).optional().meta({ description: 'Any of these' }),
  customer: z
    .string()
    .regex(idPattern('customer'), { error: "Must be a customer's id." })
    .optional(),
  limit: Paging.shape.limit,
})
export type ListEvents = z.output<typeof ListEvents>

const position = {
  name: 'after',
  message: 'Must be the id of an event, or the `nextCursor` of a page with the same filters.',
}

type Place = { readonly place: number }
const beginning: Place = { place: 0 }

/** The most events that a page with a filter of types reads. */
const WINDOW = 2000

/**
 * The feed: all events, each customer's in their order. It ends where a transaction that is still running may yet add an event. Refuses
 * `event_not_found` for an `after` that is not stored (any more), `invalid_cursor`.
 */
export async function listEvents(ctx: Context, input: ListEvents): Promise<Page<Event>> {
  mustHaveScope(ctx, 'event:read')
  const { after, limit, ...filter } = input
  const { type, customer } = filter
  const list = ['event', filter]
  const isId = after !== undefined && idPattern('event').test(after)
  const isCursor = after !== undefined && !isId
  const values = {
    tenant: ctx.tenant,
    after: isId ? after : null,
    ...(isCursor ? readCursor<Place>(ctx, list, after, position) : beginning),
    types: type ?? null,
    window: type === undefined ? limit + 1 : WINDOW,
    limit: limit + 1,
  }
  const { rows } = await readWithinPageLimits(ctx, {
    rows:
      customer === undefined
        ? query.listEvents(values)
        : query.listEventsOfCustomer({ ...values, customerId: customer }),
  })
  const found = rows.filter(({ event }) => type === undefined || type.includes(event.type))
  const shown = found.slice(0, limit)
  const end = rows.at(-1)
  const isWindowFull = type !== undefined && end?.nth === WINDOW
  const last = found.length > limit ? shown.at(-1) : isWindowFull ? end : undefined
  const next = last && signCursor(ctx, list, { place: last.place })
  return toPage(
    shown.map(({ event }) => event),
    limit,
    next ?? null,
  )
}
