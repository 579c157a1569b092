import { and, eq, exists, not, sql } from 'drizzle-orm'
import { customerTable, eventTable, groupTable, membershipTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick, refuseWhen } from '#db/statement-builders'
import { newJobsParameter, useCase } from '#db/use-case'
import {
  createGroupIfWanted,
  fromGroupIfAny,
  lockGroupAgainstDeletion,
  memberAdditionRefusals,
} from '#lock/group'
import { appendManyEventsParams, countAppendedEvents } from '#query/outbox'
import {
  addMemberships,
  endMemberships,
  isAmongCustomerIds,
  lockCustomersWhere,
  mayBecomeMember,
} from './add-or-end-memberships.ts'
import {
  addHandToRuleMembers,
  isHeldByRule,
  isRuleOnlyMember,
  removeHandFromRuleMembers,
} from './membership-by-hand.ts'

/**
 * Removes many customers from a group and adds many. An unknown group is created with its first member. Members whom the rule holds stay. Answers with counts. Refuses `group_not_found`,
 * `group_being_deleted`.
 */
export const changeMembers = useCase(
  'change_members',
  {
    ...appendManyEventsParams,
    addedEvent: eventTable.id,
    addedJob: newJobsParameter('announce'),
    group: groupTable.key,
    ...pick(groupTable, 'name'),
    create: sqlType.flag,
    remove: sqlType.texts,
    add: sqlType.texts,
    /** The ids of both lists. */
    named: sqlType.texts,
  },
  (p) => {
    const joining = db
      .select({ id: customerTable.id })
      .from(customerTable)
      .where(mayBecomeMember(p, p.add))
    const joined = { ...p, joins: exists(joining) }
    const isNamed = and(
      eq(customerTable.tenant, p.tenant),
      isAmongCustomerIds(customerTable.id, p.named),
    )
    const isMember = (ids: readonly string[]) =>
      and(
        eq(membershipTable.tenant, p.tenant),
        eq(membershipTable.groupKey, p.group),
        isAmongCustomerIds(membershipTable.customerId, ids),
      )
    const kept = db
      .select({ count: sql`count(*)::int` })
      .from(membershipTable)
      .where(isMember(p.remove))
    return [
      createGroupIfWanted(joined),
      lockGroupAgainstDeletion(p),
      refuseWhen(memberAdditionRefusals(joined), fromGroupIfAny(p)),
      lockCustomersWhere(p, isAmongCustomerIds(customerTable.id, p.named)),
      removeHandFromRuleMembers(p, and(isHeldByRule, isMember(p.remove))),
      endMemberships(p, 'manual', and(not(isHeldByRule), isMember(p.remove))),
      addHandToRuleMembers(p, null, and(isRuleOnlyMember, isMember(p.add))),
      addMemberships({ ...p, event: p.addedEvent, job: p.addedJob }),
      db
        .select({
          found: sqlType.int(sql`count(*)::int`),
          added: sqlType.int(sql`(${countAppendedEvents(p, 'customer.group_added')})`),
          removed: sqlType.int(sql`(${countAppendedEvents(p, 'customer.group_removed')})`),
          keptByRule: sqlType.int(sql`(${kept})`),
        })
        .from(customerTable)
        .where(and(isNamed, eq(customerTable.listed, true))),
    ]
  },
)
