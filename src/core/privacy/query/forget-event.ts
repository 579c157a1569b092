import { and, eq, isNotNull, type SQL, sql } from 'drizzle-orm'
import { db, pick } from '#db/builder'
import { deliveryTable, eventTable } from '#db/schema'
import { blanksOf } from './blank.ts'
import { emptiedData, isEmptied } from './event-data.ts'
import { isOneOf, type People } from './owner.ts'

/** What receivers answered to deliveries of events. @param ids an expression of type `text[]`. */
export const emptyDeliveries = ({ tenant }: Pick<People, 'tenant'>, ids: SQL) =>
  db
    .update(deliveryTable)
    .set(blanksOf('delivery'))
    .where(
      and(
        eq(deliveryTable.tenant, tenant),
        isOneOf(deliveryTable.eventId, ids),
        isNotNull(deliveryTable.responseBody),
      ),
    )

/** Their events that are not emptied yet. */
export const fullEvents = ({ tenant, ids }: Pick<People, 'tenant' | 'ids'>) =>
  db
    .select(pick(eventTable, 'id'))
    .from(eventTable)
    .where(
      and(
        eq(eventTable.tenant, tenant),
        isOneOf(eventTable.customerId, ids),
        sql`not (${isEmptied(eventTable)})`,
      ),
    )

/** Empties the next of their events, and what receivers answered to their deliveries. */
export function emptyEvents(p: People) {
  const next = db.$with('next').as(fullEvents(p).limit(p.limit))
  const ids = sql`array(select ${next.id} from ${next})`
  const answered = db
    .$with('answered')
    .as(emptyDeliveries(p, ids).returning({ id: deliveryTable.id }))
  return db
    .with(next, answered)
    .update(eventTable)
    .set({ data: emptiedData(eventTable) })
    .where(and(eq(eventTable.tenant, p.tenant), isOneOf(eventTable.id, ids)))
}
