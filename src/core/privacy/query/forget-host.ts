import { and, eq, isNotNull, ne, or, type SQL, sql } from 'drizzle-orm'
import { db, pick } from '#db/builder'
import { eventTable, idempotencyTable, mergeTable } from '#db/schema'
import { dataWithout } from './event-data.ts'
import { emptyAnswers } from './forget-answer.ts'
import { emptyDeliveries } from './forget-event.ts'
import { hasLent, type Lent, lentBy, sideWithout, withoutPairs } from './lent.ts'
import { isOneOf, type People } from './owner.ts'

/** Over so many merges in a row data is followed: a survivor is merged into the next one, which keeps it in its history. */
const HOPS = 4

/** The survivors of merges with some customers, and the survivors of those. */
function hostsOf({ tenant, ids }: Pick<People, 'tenant' | 'ids'>): SQL {
  const { survivorId, mergedId, state } = mergeTable
  const next = (merged: SQL) =>
    sql`array(${db
      .select({ id: survivorId })
      .from(mergeTable)
      .where(and(eq(mergeTable.tenant, tenant), ne(state, 'pending'), isOneOf(mergedId, merged)))})`
  const hops: SQL[] = []
  for (let hop = 0; hop < HOPS; hop++) hops.push(next(hops.at(-1) ?? ids))
  return sql`(${sql.join(hops, sql` || `)})`
}

/**
 * What is left of them in the history of customers with whom they were merged, until that was undone: in events, in what receivers answered
 * to these, in the images of other merges, and in kept answers.
 */
export function forgetInHosts(p: People) {
  const lent = lentBy(p.tenant, isOneOf(mergeTable.mergedId, p.ids))
  const hosts = hostsOf(p)
  const isEventOfHost = and(
    eq(eventTable.tenant, p.tenant),
    isOneOf(eventTable.customerId, hosts),
    sql`not ${isOneOf(eventTable.customerId, p.ids)}`,
    lent.isWithin(eventTable.at),
  )
  const events = db.select(pick(eventTable, 'id')).from(eventTable).where(isEventOfHost)
  return [
    emptyDeliveries(p, sql`array(${events})`),
    db
      .update(eventTable)
      .set({ data: dataWithout(eventTable, lent) })
      .where(isEventOfHost),
    emptyAnswersOfHosts(p, hosts, lent),
    emptyMergesOfHosts(p, hosts, lent),
  ]
}

function emptyMergesOfHosts(p: People, hosts: SQL, lent: Lent) {
  const m = mergeTable
  const side = (name: 'survivor' | 'merged') =>
    sideWithout(sql`${m.before} -> ${sql.raw(`'${name}'`)}`, lent)
  return db
    .update(m)
    .set({
      before: sql`jsonb_build_object('survivor', ${side('survivor')}, 'merged', ${side('merged')})`,
      profile: withoutPairs(m.profile, lent.profiles),
      metadata: withoutPairs(m.metadata, lent.metadata),
    })
    .where(
      and(
        eq(m.tenant, p.tenant),
        or(isOneOf(m.survivorId, hosts), isOneOf(m.mergedId, hosts)),
        sql`not ${isOneOf(m.mergedId, p.ids)}`,
        isNotNull(m.before),
        lent.isWithin(m.mergedAt),
      ),
    )
}

const emptyAnswersOfHosts = (p: People, hosts: SQL, lent: Lent) =>
  emptyAnswers(
    p,
    sql`(${hosts} || array(${db
      .select(pick(mergeTable, 'id'))
      .from(mergeTable)
      .where(and(eq(mergeTable.tenant, p.tenant), isOneOf(mergeTable.survivorId, hosts)))}))`,
    and(hasLent(idempotencyTable.answer, lent), lent.isWithin(idempotencyTable.createdAt)),
  )
