import { and, eq, exists, not, sql } from 'drizzle-orm'
import { db, pick, refuseWhen } from '#db/builder'
import { kind } from '#db/kind'
import { customerTable, eventTable, groupTable, membershipTable } from '#db/schema'
import { newJobs, useCase } from '#db/use-case'
import { createIfWanted, joinedGroup, joinRefusals, lockJoinedGroup } from '#lock/group'
import { appendingEach, countAppended } from '#query/outbox'
import { holdByHand, isHeldByRule, isLeftToRule, leaveToRule } from './hand.ts'
import { beginMemberships, endMemberships, isAmong, isListed, lockCustomers } from './member.ts'

/**
 * Removes many customers from a group and adds many. An unknown group is created with its first member. Members whom the rule holds stay. Answers with counts. Refuses `group_not_found`,
 * `group_being_deleted`.
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
    const joining = db
      .select({ id: customerTable.id })
      .from(customerTable)
      .where(isListed(p, p.add))
    const joined = { ...p, joins: exists(joining) }
    const isNamed = and(eq(customerTable.tenant, p.tenant), isAmong(customerTable.id, p.named))
    const isMember = (ids: readonly string[]) =>
      and(
        eq(membershipTable.tenant, p.tenant),
        eq(membershipTable.groupKey, p.group),
        isAmong(membershipTable.customerId, ids),
      )
    const kept = db
      .select({ count: sql`count(*)::int` })
      .from(membershipTable)
      .where(isMember(p.remove))
    return [
      createIfWanted(joined),
      lockJoinedGroup(p),
      refuseWhen(joinRefusals(joined), joinedGroup(p)),
      lockCustomers(p, isAmong(customerTable.id, p.named)),
      leaveToRule(p, and(isHeldByRule, isMember(p.remove))),
      endMemberships(p, 'manual', and(not(isHeldByRule), isMember(p.remove))),
      holdByHand(p, null, and(isLeftToRule, isMember(p.add))),
      beginMemberships({ ...p, event: p.addedEvent, job: p.addedJob }),
      db
        .select({
          found: kind.int(sql`count(*)::int`),
          added: kind.int(sql`(${countAppended(p, 'customer.group_added')})`),
          removed: kind.int(sql`(${countAppended(p, 'customer.group_removed')})`),
          keptByRule: kind.int(sql`(${kept})`),
        })
        .from(customerTable)
        .where(and(isNamed, eq(customerTable.listed, true))),
    ]
  },
)
