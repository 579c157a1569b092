import { and, eq, sql } from 'drizzle-orm'
import { db, pick, refuseWhen } from '#db/builder'
import { kind } from '#db/kind'
import { customerTable, eventTable, groupTable, membershipTable } from '#db/schema'
import { newJobs, useCase } from '#db/use-case'
import { createIfWanted, joinedGroup, joinRefusals, lockJoinedGroup } from '#lock/group'
import { appendingEach, countAppended } from '#query/outbox'
import { beginMemberships, endMemberships, isAmong, lockCustomers } from './member.ts'

/**
 * Removes many customers from a group and adds many. Answers with counts. Refuses `group_not_found`, `group_being_deleted`.
 */
export const changeMembers = useCase(
  'change_members',
  {
    ...appendingEach,
    addedEvent: eventTable.id,
    addedJob: newJobs('announce'),
    group: groupTable.key,
    ...pick(groupTable, 'name'),
    create: kind.flag,
    remove: kind.texts,
    add: kind.texts,
    /** The ids of both lists. */
    named: kind.texts,
  },
  (p) => {
    const isNamed = and(eq(customerTable.tenant, p.tenant), isAmong(customerTable.id, p.named))
    return [
      createIfWanted(p),
      lockJoinedGroup(p),
      refuseWhen(joinRefusals(p), joinedGroup(p)),
      lockCustomers(p, isAmong(customerTable.id, p.named)),
      endMemberships(
        p,
        'manual',
        and(
          eq(membershipTable.tenant, p.tenant),
          eq(membershipTable.groupKey, p.group),
          isAmong(membershipTable.customerId, p.remove),
        ),
      ),
      beginMemberships({ ...p, event: p.addedEvent, job: p.addedJob }),
      db
        .select({
          found: kind.int(sql`count(*)::int`),
          added: kind.int(sql`(${countAppended(p, 'customer.group_added')})`),
          removed: kind.int(sql`(${countAppended(p, 'customer.group_removed')})`),
        })
        .from(customerTable)
        .where(and(isNamed, eq(customerTable.listed, true))),
    ]
  },
)
