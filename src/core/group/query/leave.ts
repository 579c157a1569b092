import { and, eq, exists, isNotNull, notExists, sql } from 'drizzle-orm'
import { db, insertFrom } from '#db/builder'
import { jsonbOf } from '#db/document'
import { groupTable, jobTable, membershipTable } from '#db/schema'
import { newJob, type ValuesOf } from '#db/use-case'
import { isGroup } from '#lock/group'
import { appendingEach } from '#query/outbox'
import { endMemberships, lockCustomers, nextMemberships } from './member.ts'

/** As many members as one commit takes out of a group that is being deleted. */
const AT_ONCE = 500

export const leaving = {
  ...appendingEach,
  group: groupTable.key,
  /** The job that goes on. */
  rest: newJob('dissolve_group'),
}
type Leaving = ValuesOf<typeof leaving>

/** The next members leave a closed group; with the last of them it is gone, else a job goes on. */
export function leaveGroup(p: Leaving) {
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
    insertFrom(
      jobTable,
      {
        tenant: p.tenant,
        id: p.rest,
        kind: 'dissolve_group',
        payload: jsonbOf({ group: sql`${p.group}` }),
        dueAt: sql<string>`${p.now} + interval '1 minute'`,
        createdAt: p.now,
      },
      sql`where ${exists(members)}`,
    ),
  ]
}
