import { and, eq, exists, isNotNull, or, sql } from 'drizzle-orm'
import { jsonbOf } from '#db/document'
import {
  customerTable,
  groupTable,
  groupTaskTable,
  membershipTable,
  ruleMomentTable,
} from '#db/schema'
import { db } from '#db/statement-builders'
import { newJobParameter, type ValuesOf } from '#db/use-case'
import { isThisGroup } from '#lock/group'
import { appendManyEventsParams, enqueueJob } from '#query/outbox'
import {
  endMemberships,
  isAmongCustomerIds,
  lockCustomersWhere,
  nextMembershipBatch,
} from './add-or-end-memberships.ts'

/** The number of memberships of a deleted group that one commit ends. */
const AT_ONCE = 100
/** The number of moments of its rule that one commit deletes. They have no events, so they cost less. */
const MOMENTS_AT_ONCE = 5000

export const dissolveParams = {
  ...appendManyEventsParams,
  group: groupTable.key,
  /** The job that ends the others. */
  rest: newJobParameter('dissolve_group'),
}
type Ending = ValuesOf<typeof dissolveParams>

/**
 * Ends the next memberships of a closed group, and deletes the next moments of its rule. Deletes the group after the last of both, else
 * enqueues a job for the others.
 */
export function dissolveNextBatch(p: Ending) {
  const isMember = and(eq(membershipTable.tenant, p.tenant), eq(membershipTable.groupKey, p.group))
  const { owners, isNext } = nextMembershipBatch({
    where: isMember,
    order: membershipTable.customerId,
    limit: AT_ONCE,
  })
  const isMoment = and(eq(ruleMomentTable.tenant, p.tenant), eq(ruleMomentTable.groupKey, p.group))
  const nextMoments = db
    .select({ place: sql`ctid` })
    .from(ruleMomentTable)
    .where(isMoment)
    .orderBy(ruleMomentTable.customerId)
    .limit(MOMENTS_AT_ONCE)
  const isLeft = or(
    exists(db.select({ id: membershipTable.customerId }).from(membershipTable).where(isMember)),
    exists(db.select({ id: ruleMomentTable.customerId }).from(ruleMomentTable).where(isMoment)),
  )
  return [
    lockCustomersWhere(p, isAmongCustomerIds(customerTable.id, owners)),
    endMemberships(p, 'group_deleted', isNext),
    db.delete(ruleMomentTable).where(sql`ctid = any(array(${nextMoments}))`),
    db
      .delete(groupTaskTable)
      .where(and(eq(groupTaskTable.tenant, p.tenant), eq(groupTaskTable.groupKey, p.group))),
    db
      .delete(groupTable)
      .where(and(isThisGroup(p), isNotNull(groupTable.dissolvedAt), sql`not (${isLeft})`)),
    enqueueJob(p, {
      id: p.rest,
      kind: 'dissolve_group',
      payload: jsonbOf({ group: sql`${p.group}` }),
      from: sql`where ${isLeft}`,
    }),
  ]
}
