import { and, eq, isNotNull, ne, or, type SQL, sql } from 'drizzle-orm'
import { eventTable, idempotencyTable, mergeTable } from '#db/schema'
import { db, pick } from '#db/statement-builders'
import { type CustomersToErase, isInTextArray } from './customers-to-erase.ts'
import { eventDataWithoutUndoneMerges } from './emptied-event-data.ts'
import { forgetDeliveryResponses } from './forget-next-events.ts'
import { forgetStoredAnswers } from './forget-stored-answers.ts'
import {
  containsUndoneMergeData,
  imageSideWithoutUndoneMerges,
  type UndoneMergeData,
  undoneMergeDataToLeaveOut,
  withoutUndoneMergeValues,
} from './undone-merge-data.ts'

/** The number of consecutive merges over which data is followed. A survivor may be merged into another customer, whose history then contains the data. */
const HOPS = 4

/** The survivors of merges with some customers, and the survivors of those. */
function hostsOf({ tenant, ids }: Pick<CustomersToErase, 'tenant' | 'ids'>): SQL {
  const { survivorId, mergedId, state } = mergeTable
  const next = (merged: SQL) =>
    sql`array(${db
      .select({ id: survivorId })
      .from(mergeTable)
      .where(
        and(eq(mergeTable.tenant, tenant), ne(state, 'pending'), isInTextArray(mergedId, merged)),
      )})`
  const hops: SQL[] = []
  for (let hop = 0; hop < HOPS; hop++) hops.push(next(hops.at(-1) ?? ids))
  return sql`(${sql.join(hops, sql` || `)})`
}

/**
 * Erases the customers' data in the history of the survivors of merges that were undone: in events, in webhooks' answers to them, in the images of other merges, and in stored answers.
 */
export function forgetInFormerSurvivors(p: CustomersToErase) {
  const lent = undoneMergeDataToLeaveOut(p.tenant, isInTextArray(mergeTable.mergedId, p.ids))
  const hosts = hostsOf(p)
  const isEventOfHost = and(
    eq(eventTable.tenant, p.tenant),
    isInTextArray(eventTable.customerId, hosts),
    sql`not ${isInTextArray(eventTable.customerId, p.ids)}`,
    lent.isWithin(eventTable.at),
  )
  const events = db.select(pick(eventTable, 'id')).from(eventTable).where(isEventOfHost)
  return [
    forgetDeliveryResponses(p, sql`array(${events})`),
    db
      .update(eventTable)
      .set({ data: eventDataWithoutUndoneMerges(eventTable, lent) })
      .where(isEventOfHost),
    emptyAnswersOfHosts(p, hosts, lent),
    emptyMergesOfHosts(p, hosts, lent),
  ]
}

function emptyMergesOfHosts(p: CustomersToErase, hosts: SQL, lent: UndoneMergeData) {
  const m = mergeTable
  const side = (name: 'survivor' | 'merged') =>
    imageSideWithoutUndoneMerges(sql`${m.before} -> ${sql.raw(`'${name}'`)}`, lent)
  return db
    .update(m)
    .set({
      before: sql`jsonb_build_object('survivor', ${side('survivor')}, 'merged', ${side('merged')})`,
      profile: withoutUndoneMergeValues(m.profile, lent.profiles),
      metadata: withoutUndoneMergeValues(m.metadata, lent.metadata),
    })
    .where(
      and(
        eq(m.tenant, p.tenant),
        or(isInTextArray(m.survivorId, hosts), isInTextArray(m.mergedId, hosts)),
        sql`not ${isInTextArray(m.mergedId, p.ids)}`,
        isNotNull(m.before),
        lent.isWithin(m.mergedAt),
      ),
    )
}

const emptyAnswersOfHosts = (p: CustomersToErase, hosts: SQL, lent: UndoneMergeData) =>
  forgetStoredAnswers(
    p,
    sql`(${hosts} || array(${db
      .select(pick(mergeTable, 'id'))
      .from(mergeTable)
      .where(and(eq(mergeTable.tenant, p.tenant), isInTextArray(mergeTable.survivorId, hosts)))}))`,
    and(
      containsUndoneMergeData(idempotencyTable.answer, lent),
      lent.isWithin(idempotencyTable.createdAt),
    ),
  )
