import { and, eq, sql } from 'drizzle-orm'
import { customerTable, erasureTable, eventTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, evaluateForEffect, insertFrom, pick } from '#db/statement-builders'
import { newJobParameter, useCase, type ValuesOf } from '#db/use-case'
import { isVersionUnaccepted } from '#lock/customer'
import { forgetNameWords, lockCustomersByIds } from '#query/customer'
import { appendEventParams, enqueueAnnounceJob, eventDataOf, raiseSequence } from '#query/outbox'
import { customersErasedTogether, guestsOfProvenAddress } from './customers-erased-together.ts'
import { erasedCustomerIds, finishOrContinueErasure, isThisErasure } from './erase-next-events.ts'
import { erasureSelection } from './erasure-selection.ts'
import { forgetCustomers } from './forget-customers.ts'
import { refuseCustomerWithoutData } from './refuse-customer-without-data.ts'

const params = {
  ...appendEventParams,
  ...pick(customerTable, 'id'),
  accepted: sqlType.orNull(sqlType.versions),
  erasure: erasureTable.id,
  reason: erasureTable.reason,
  /** The keys of all names that they have had, whose words leave the dictionary. */
  names: sqlType.json<readonly { readonly first: string; readonly last: string }[]>(),
  /** The most events that are emptied at once. */
  limit: sqlType.int,
  rest: newJobParameter('erase'),
}
type Params = ValuesOf<typeof params>

/**
 * Erases a customer, those merged into it, and the guests of its address if that is verified and claimed. The erasure is noted before
 * anything goes. A long history is emptied by jobs. Refuses `customer_not_found`, `customer_merged`, `precondition_failed`.
 */
export const eraseCustomer = useCase('erase_customer', params, (p) => {
  const people = { tenant: p.tenant, ids: erasedCustomerIds(p), limit: p.limit }
  return [
    evaluateForEffect(lockCustomersByIds(p.tenant, sql`array(${customersErasedTogether(p)})`)),
    refuseCustomerWithoutData(p, (version) => isVersionUnaccepted(version, p.accepted)),
    noteErasure(p),
    appendErasure(p),
    db
      .update(erasureTable)
      .set({
        place: sql`(${db
          .select({ place: eventTable.place })
          .from(eventTable)
          .where(and(eq(eventTable.tenant, p.tenant), eq(eventTable.id, p.event)))})`,
      })
      .where(isThisErasure(p)),
    ...forgetCustomers(people),
    db
      .update(customerTable)
      .set({ erasureId: p.erasure })
      .where(
        and(
          eq(customerTable.tenant, p.tenant),
          sql`${customerTable.id} = any(${erasedCustomerIds(p)})`,
        ),
      ),
    ...finishOrContinueErasure(p, p.rest),
    ...forgetNameWords(p.tenant, p.names),
    db
      .select({ erasure: erasureSelection(erasureTable) })
      .from(erasureTable)
      .where(isThisErasure(p)),
  ]
})

const noteErasure = (p: Params) =>
  insertFrom(
    erasureTable,
    {
      tenant: p.tenant,
      id: p.erasure,
      customerId: p.id,
      customerIds: sql<string[]>`array(${customersErasedTogether(p).orderBy(customerTable.id)})`,
      guestIds: sql<string[]>`array(${guestsOfProvenAddress(p)})`,
      state: 'running',
      reason: p.reason,
      actor: p.actor,
      requestId: p.request,
      eventId: p.event,
      place: 0,
      createdAt: p.now,
    },
    sql``,
  )

/** Tells receivers, with ids only, so that they erase the same. */
function appendErasure(p: Params) {
  const raised = db.$with('raised').as(raiseSequence(p))
  const { mergedIds, guestIds } = erasureSelection(erasureTable)
  const appended = db.$with('appended').as(
    insertFrom(
      eventTable,
      {
        tenant: p.tenant,
        id: p.event,
        customerId: raised.id,
        sequence: raised.sequence,
        type: 'customer.erased',
        data: eventDataOf({
          customerId: raised.id,
          mergedIds: sql`${mergedIds}`,
          guestIds: sql`to_jsonb(${guestIds})`,
          reason: sql`${p.reason}`,
          erased: sql`true`,
        }),
        actor: p.actor,
        requestId: p.request,
        at: p.now,
      },
      sql`from ${raised} cross join ${erasureTable} where ${isThisErasure(p)}`,
    ).returning({ id: eventTable.id }),
  )
  return enqueueAnnounceJob(p, sql`from ${appended}`, [raised, appended])
}
