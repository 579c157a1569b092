import { and, eq, getTableColumns, lt, not, notExists, or, sql } from 'drizzle-orm'
import { db, given, isAny, pick, refuseWhen } from '#db/builder'
import { kind } from '#db/kind'
import { eventTable } from '#db/schema'
import { useCase, type ValuesOf } from '#db/use-case'
import { eventSelection } from './selection.ts'

const params = {
  ...pick(eventTable, 'tenant'),
  /** The event to go on after. Without it, the place. */
  after: kind.orNull(kind.text),
  /** A place in the feed: a transaction, and an id in it. */
  ...pick(eventTable, 'xact', 'id'),
  /** Any of these types. */
  types: kind.orNull(kind.texts),
  /** How many events a page reads at most, of whatever type. */
  window: kind.int,
  limit: kind.int,
}
type Params = ValuesOf<typeof params>

/**
 * The events of a tenant after a place in the feed, in its order: that of the transactions that wrote them. Refuses `event_not_found`
 * for an `after` that is not stored (any more). The plan must not sort: the index has the order, and without statistics the planner
 * does not know how many events there are.
 */
export const listEvents = useCase(
  'list_events',
  params,
  (p) => {
    const all = db.select().from(eventTable).where(eq(eventTable.tenant, p.tenant)).as('source')
    return [refuseUnknown(p), pageOf(p, all)]
  },
  { enable_sort: 'off' },
)

/**
 * The same of one customer. Its own index finds its events, and they are sorted: the planner looks into no subquery with a window, so
 * it cannot think of going through the whole feed instead.
 */
export const listEventsOfCustomer = useCase(
  'list_events_of_customer',
  { ...params, customerId: kind.text },
  (p) => {
    const own = db
      .select({ ...getTableColumns(eventTable), apart: sql`row_number() over ()`.as('apart') })
      .from(eventTable)
      .where(and(eq(eventTable.tenant, p.tenant), eq(eventTable.customerId, p.customerId)))
      .as('source')
    return [refuseUnknown(p), pageOf(p, own)]
  },
)

const everyEvent = db.select().from(eventTable).as('source')
type Source = typeof everyEvent

const place = (p: Params) =>
  db
    .select(pick(eventTable, 'xact', 'id'))
    .from(eventTable)
    .where(and(eq(eventTable.tenant, p.tenant), sql`${eventTable.id} = ${p.after}`))

const refuseUnknown = (p: Params) =>
  refuseWhen({ event_not_found: and(given(p.after), notExists(place(p))) })

/**
 * The next events of these types in a window of the feed, and the last event of a full window whatever its type: there the next page
 * goes on. The feed ends before the oldest transaction that is still running.
 */
function pageOf(p: Params, source: Source) {
  const from = place(p).as('place')
  const placeOf = (column: 'xact' | 'id') =>
    sql`coalesce(${db.select({ it: sql`${from[column]}`.as('it') }).from(from)}, ${p[column]})`
  const window = db
    .select({
      ...pick(source, 'xact', 'id', 'type', 'sequence', 'data', 'actor', 'requestId', 'at'),
      nth: sql`row_number() over (order by ${source.xact}, ${source.id})`.as('nth'),
    })
    .from(source)
    .where(
      and(
        sql`(${source.xact}, ${source.id}) > (${placeOf('xact')}, ${placeOf('id')})`,
        lt(source.xact, sql`pg_snapshot_xmin(pg_current_snapshot())`),
      ),
    )
    .orderBy(source.xact, source.id)
    .limit(p.window)
    .as('window')
  return db
    .select({
      xact: window.xact,
      nth: kind.int(sql`${window.nth}`),
      event: eventSelection(window),
    })
    .from(window)
    .where(or(not(given(p.types)), isAny(window.type, p.types), sql`${window.nth} = ${p.window}`))
    .orderBy(window.xact, window.id)
    .limit(p.limit)
}
