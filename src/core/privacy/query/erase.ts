import { and, eq, sql } from 'drizzle-orm'
import { db, insertFrom, perform, pick } from '#db/builder'
import { kind } from '#db/kind'
import { customerTable, erasureTable, eventTable } from '#db/schema'
import { newJob, useCase, type ValuesOf } from '#db/use-case'
import { isUnaccepted } from '#lock/customer'
import { forgetWords, lockTogether } from '#query/customer'
import { announceEvent, appending, dataOf, raiseSequence } from '#query/outbox'
import { endOrGoOn, idsOf, isErasure } from './erase-rest.ts'
import { familyOf, guestsOf } from './family.ts'
import { forgetPeople } from './people.ts'
import { refuseNobody } from './refuse.ts'
import { erasureSelection } from './selection.ts'

const params = {
  ...appending,
  ...pick(customerTable, 'id'),
  accepted: kind.orNull(kind.versions),
  erasure: erasureTable.id,
  reason: erasureTable.reason,
  /** The keys of all names that they have had, whose words leave the dictionary. */
  names: kind.json<readonly { readonly first: string; readonly last: string }[]>(),
  /** The most events that are emptied at once. */
  limit: kind.int,
  rest: newJob('erase'),
}
type Params = ValuesOf<typeof params>

/**
 * Erases a customer, those merged into it, and the guests of its address if that is verified and claimed. The erasure is noted before
 * anything goes. A long history is emptied by jobs. Refuses `customer_not_found`, `customer_merged`, `precondition_failed`.
 */
export const eraseCustomer = useCase('erase_customer', params, (p) => {
  const people = { tenant: p.tenant, ids: idsOf(p), limit: p.limit }
  return [
    perform(lockTogether(p.tenant, sql`array(${familyOf(p)})`)),
    refuseNobody(p, (version) => isUnaccepted(version, p.accepted)),
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
      .where(isErasure(p)),
    ...forgetPeople(people),
    db
      .update(customerTable)
      .set({ erasureId: p.erasure })
      .where(and(eq(customerTable.tenant, p.tenant), sql`${customerTable.id} = any(${idsOf(p)})`)),
    ...endOrGoOn(p, p.rest),
    ...forgetWords(p.tenant, p.names),
    db
      .select({ erasure: erasureSelection(erasureTable) })
      .from(erasureTable)
      .where(isErasure(p)),
  ]
})

const noteErasure = (p: Params) =>
  insertFrom(
    erasureTable,
    {
      tenant: p.tenant,
      id: p.erasure,
      customerId: p.id,
      customerIds: sql<string[]>`array(${familyOf(p).orderBy(customerTable.id)})`,
      guestIds: sql<string[]>`array(${guestsOf(p)})`,
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
        data: dataOf({
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
      sql`from ${raised} cross join ${erasureTable} where ${isErasure(p)}`,
    ).returning({ id: eventTable.id }),
  )
  return announceEvent(p, sql`from ${appended}`, [raised, appended])
}
