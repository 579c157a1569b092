import { and, eq, getTableColumns, not, notExists, or, sql } from 'drizzle-orm'
import { eventTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, isAnyOf, isArgumentGiven, pick, refuseWhen } from '#db/statement-builders'
import { useCase, type ValuesOf } from '#db/use-case'
import { notedFeedEnd, noteFeedEnd } from './feed-end.ts'
import { eventSelection } from './selection.ts'

const params = {
  ...pick(eventTable, 'tenant'),
  /** The event after which the page begins. Without it, the place counts. */
  after: sqlType.orNull(sqlType.text),
  /** A place in the feed. */
  place: sqlType.bigint,
  /** Only events of these types. */
  types: sqlType.orNull(sqlType.texts),
  /** The most events that a page reads, of all types. */
  window: sqlType.int,
  limit: sqlType.int,
}
type Params = ValuesOf<typeof params>

/**
 * The events of a tenant after a place in the feed, in the order of their places. Refuses `event_not_found` for an
 * `after` that is not stored (any more). The plan must not sort: the index has the order, and without statistics the planner does not
 * know the number of events.
 */
export const listEvents = useCase(
  'list_events',
  params,
  (p) => {
    const all = db.select().from(eventTable).where(eq(eventTable.tenant, p.tenant)).as('source')
    return [refuseUnknown(p), noteFeedEnd, pageOf(p, all)]
  },
  { enable_sort: 'off' },
)

/**
 * The events of one customer in the feed. Its own index finds its events, and they are sorted. The planner does not merge a subquery
 * with a window function, so that it cannot read the whole feed instead.
 */
export const listEventsOfCustomer = useCase(
  'list_events_of_customer',
  { ...params, customerId: sqlType.text },
  (p) => {
    const own = db
      .select({ ...getTableColumns(eventTable), apart: sql`row_number() over ()`.as('apart') })
      .from(eventTable)
      .where(and(eq(eventTable.tenant, p.tenant), eq(eventTable.customerId, p.customerId)))
      .as('source')
    return [refuseUnknown(p), noteFeedEnd, pageOf(p, own)]
  },
)

const everyEvent = db.select().from(eventTable).as('source')
type Source = typeof everyEvent

const place = (p: Params) =>
  db
    .select(pick(eventTable, 'place'))
    .from(eventTable)
    .where(and(eq(eventTable.tenant, p.tenant), sql`${eventTable.id} = ${p.after}`))

const refuseUnknown = (p: Params) =>
  refuseWhen({
    event_not_found: {
      when: and(isArgumentGiven(p.after), notExists(place(p))),
      detail: sql`'[{"path":"after","code":"event_not_found","message":"No stored event has this id."}]'`,
    },
  })

/**
 * The next events of these types in a window of the feed, and the last event of a full window, of any type: the next page begins
 * there. The feed ends where a transaction may still add an event.
 */
function pageOf(p: Params, source: Source) {
  const from = place(p).as('start')
  const start = sql`coalesce(${db.select({ value: sql`${from.place}`.as('value') }).from(from)}, ${p.place})`
  const window = db
    .select({
      ...pick(source, 'place', 'id', 'type', 'sequence', 'data', 'actor', 'requestId', 'at'),
      nth: sql`row_number() over (order by ${source.place})`.as('nth'),
    })
    .from(source)
    .where(and(sql`${source.place} > ${start}`, sql`${source.place} <= ${notedFeedEnd}`))
    .orderBy(source.place)
    .limit(p.window)
    .as('window')
  return db
    .select({
      place: window.place,
      nth: sqlType.int(sql`${window.nth}`),
      event: eventSelection(window),
    })
    .from(window)
    .where(
      or(
        not(isArgumentGiven(p.types)),
        isAnyOf(window.type, p.types),
        sql`${window.nth} = ${p.window}`,
      ),
    )
    .orderBy(window.place)
    .limit(p.limit)
}
