import { and, eq, isNotNull, type SQL, sql } from 'drizzle-orm'
import { db, perform, pick } from '#db/builder'
import { deliveryTable, eventTable } from '#db/schema'
import { isEmptied } from '#query/event'
import { blanksOf } from './blank.ts'
import { emptiedData } from './event-data.ts'
import { emptyAnswers } from './forget-answer.ts'
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

/**
 * Empties the next of their events, what receivers answered to their deliveries, and kept answers with these. The events are locked by a statement of their own: an
 * answer that is stored at the same time locks them too, so the next statement sees it.
 */
export function emptyEvents(p: People) {
  const next = () => fullEvents(p).orderBy(eventTable.id).limit(p.limit)
  const ids = sql`array(${next()})`
  return [
    perform(sql`array(${next().for('update')})`),
    emptyDeliveries(p, ids),
    emptyAnswers(
      p,
      sql`array(${db
        .select(pick(deliveryTable, 'id'))
        .from(deliveryTable)
        .where(and(eq(deliveryTable.tenant, p.tenant), isOneOf(deliveryTable.eventId, ids)))})`,
    ),
    db
      .update(eventTable)
      .set({ data: emptiedData(eventTable) })
      .where(and(eq(eventTable.tenant, p.tenant), isOneOf(eventTable.id, ids))),
  ]
}
