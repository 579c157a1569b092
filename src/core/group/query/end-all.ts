import { and, eq, exists, isNotNull, notExists, sql } from 'drizzle-orm'
import { db } from '#db/builder'
import { jsonbOf } from '#db/document'
import { groupTable, membershipTable } from '#db/schema'
import { newJob, type ValuesOf } from '#db/use-case'
import { isGroup } from '#lock/group'
import { appendingEach, enqueueJob } from '#query/outbox'
import { endMemberships, lockCustomers, nextMemberships } from './member.ts'

/** The number of memberships of a deleted group that one commit ends. */
const AT_ONCE = 500

export const ending = {
  ...appendingEach,
  group: groupTable.key,
  /** The job that ends the others. */
  rest: newJob('dissolve_group'),
}
type Ending = ValuesOf<typeof ending>

/** Ends the next memberships of a closed group. Deletes the group after the last of them, else enqueues a job for the others. */
export function endAllMemberships(p: Ending) {
  const isMember = and(eq(membershipTable.tenant, p.tenant), eq(membershipTable.groupKey, p.group))
  const { isOwner, isNext } = nextMemberships({
    where: isMember,
    order: membershipTable.customerId,
    limit: AT_ONCE,
  })
  const members = db
    .select({ id: membershipTable.customerId })
    .from(membershipTable)
    .where(isMember)
  return [
    lockCustomers(p, isOwner),
    endMemberships(p, 'group_deleted', isNext),
    db
      .delete(groupTable)
      .where(and(isGroup(p), isNotNull(groupTable.dissolvedAt), notExists(members))),
    enqueueJob(p, {
      id: p.rest,
      kind: 'dissolve_group',
      payload: jsonbOf({ group: sql`${p.group}` }),
      from: sql`where ${exists(members)}`,
    }),
  ]
}
