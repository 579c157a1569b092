import { and, eq, isNotNull, type SQL, sql } from 'drizzle-orm'
import { deliveryTable, eventTable } from '#db/schema'
import { db, evaluateForEffect, pick } from '#db/statement-builders'
import { isEventErased } from '#query/event'
import { blankValuesOfPersonalColumns } from './blank-values-of-personal-columns.ts'
import { type CustomersToErase, isInTextArray } from './customers-to-erase.ts'
import { emptiedEventData } from './emptied-event-data.ts'
import { forgetStoredAnswers } from './forget-stored-answers.ts'

/** Empties what webhooks answered to deliveries of these events. @param ids an expression of type `text[]`. */
export const forgetDeliveryResponses = ({ tenant }: Pick<CustomersToErase, 'tenant'>, ids: SQL) =>
  db
    .update(deliveryTable)
    .set(blankValuesOfPersonalColumns('delivery'))
    .where(
      and(
        eq(deliveryTable.tenant, tenant),
        isInTextArray(deliveryTable.eventId, ids),
        isNotNull(deliveryTable.responseBody),
      ),
    )

/** The events of the customers that are not emptied yet. */
export const unemptiedEvents = ({ tenant, ids }: Pick<CustomersToErase, 'tenant' | 'ids'>) =>
  db
    .select(pick(eventTable, 'id'))
    .from(eventTable)
    .where(
      and(
        eq(eventTable.tenant, tenant),
        isInTextArray(eventTable.customerId, ids),
        sql`not (${isEventErased(eventTable)})`,
      ),
    )

/**
 * Empties the next events of the customers, the webhooks' answers to their deliveries, and stored answers that contain these. The events are locked by a statement of their own: an
 * answer that is stored at the same time locks them too, so the next statement sees it.
 */
export function forgetNextEvents(p: CustomersToErase) {
  const next = () => unemptiedEvents(p).orderBy(eventTable.id).limit(p.limit)
  const ids = sql`array(${next()})`
  return [
    evaluateForEffect(sql`array(${next().for('update')})`),
    forgetDeliveryResponses(p, ids),
    forgetStoredAnswers(
      p,
      sql`array(${db
        .select(pick(deliveryTable, 'id'))
        .from(deliveryTable)
        .where(
          and(eq(deliveryTable.tenant, p.tenant), isInTextArray(deliveryTable.eventId, ids)),
        )})`,
    ),
    db
      .update(eventTable)
      .set({ data: emptiedEventData(eventTable) })
      .where(and(eq(eventTable.tenant, p.tenant), isInTextArray(eventTable.id, ids))),
  ]
}
