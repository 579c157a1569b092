import { and, eq, exists, not, notExists, or, type SQL, sql } from 'drizzle-orm'
import { momentText } from '#db/document'
import { customerTable, eventTable, groupTable, membershipTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, differs, insertFrom, pick, refuseWhen } from '#db/statement-builders'
import { useCase, type ValuesOf } from '#db/use-case'
import { customerRefusals, isThisCustomer, lockCustomer, refuseStale } from '#lock/customer'
import {
  createGroupIfWanted,
  fromGroupIfAny,
  lockGroupAgainstDeletion,
  memberAdditionRefusals,
} from '#lock/group'
import { appendEvent, appendEventParams, stampedChangedAt } from '#query/outbox'
import { groupKeysAfterAdding } from './add-or-end-memberships.ts'
import { holdingRule } from './holding-rule.ts'
import { addHandToRuleMembers, isHeldByRule, isRuleOnlyMember } from './membership-by-hand.ts'
import { membershipSelection } from './selection.ts'

const params = {
  ...appendEventParams,
  ...pick(membershipTable, 'customerId', 'expiresAt'),
  group: groupTable.key,
  ...pick(groupTable, 'name'),
  create: sqlType.flag,
  /** Whether `expiresAt` applies. If not, the end of an existing membership stays. */
  ends: sqlType.flag,
  accepted: sqlType.orNull(sqlType.versions),
}
type Params = ValuesOf<typeof params>

/**
 * Adds a customer to a group, which is created if the caller wants that. For a member a new end is written, and a membership that is
 * over but has not ended yet goes on. A member whom the rule holds is held by hand as well, without an event. Refuses `group_not_found`, `group_being_deleted`, `customer_not_found`, `customer_merged`,
 * `precondition_failed`.
 */
export const addMembership = useCase('add_membership', params, (p) => {
  const customer = { tenant: p.tenant, id: p.customerId }
  return [
    createGroupIfWanted(p),
    lockGroupAgainstDeletion(p),
    lockCustomer(customer),
    refuseWhen({ ...memberAdditionRefusals(p), ...customerRefusals(customer) }, fromGroupIfAny(p)),
    refuseStale(customerTable, p.accepted, isThisCustomer(customer)),
    appendEvent(p, raiseMember(p), () => ({
      type: sql`case when ${isMember} then 'customer.updated' else 'customer.group_added' end`,
      changed: 'stamped',
      data: { group: sql`${p.group}`, expiresAt: momentText(p.expiresAt) },
      optional: { source: sql`case when not ${isMember} then 'manual' end` },
      from: sql`left join ${membershipTable} on ${isTheirs(p)}`,
    })),
    // There is something to write if the event was appended.
    insertFrom(
      membershipTable,
      {
        tenant: p.tenant,
        groupKey: p.group,
        customerId: p.customerId,
        source: 'manual',
        addedAt: p.now,
        expiresAt: p.expiresAt,
      },
      sql`where ${exists(appended(p))}`,
    ).onConflictDoUpdate({
      target: [membershipTable.tenant, membershipTable.groupKey, membershipTable.customerId],
      set: { expiresAt: p.expiresAt },
    }),
    addHandToRuleMembers(
      p,
      p.expiresAt,
      and(isTheirs(p), isHeldByRule, or(isRuleOnlyMember, getsAnotherEnd(p))),
    ),
    db
      .select({
        added: sqlType.flag(exists(appended(p, eq(eventTable.type, 'customer.group_added')))),
        ...pick(customerTable, 'version'),
        groups: customerTable.groupKeys,
        membership: membershipSelection(membershipTable),
        held: holdingRule(membershipTable, groupTable, customerTable),
      })
      .from(membershipTable)
      .innerJoin(customerTable, isThisCustomer(customer))
      .innerJoin(groupTable, and(eq(groupTable.tenant, p.tenant), eq(groupTable.key, p.group)))
      .where(isTheirs(p)),
  ]
})

const isTheirs = (p: Params) =>
  and(
    eq(membershipTable.tenant, p.tenant),
    eq(membershipTable.groupKey, p.group),
    eq(membershipTable.customerId, p.customerId),
  )

const isMember = sql`${membershipTable.customerId} is not null`

const getsAnotherEnd = (p: Params): SQL =>
  sql`case when ${p.ends} then ${differs(membershipTable.expiresAt, p.expiresAt)} else ${membershipTable.expiresAt} <= ${p.now} end`

/** Writes the group into the customer before the membership: the trigger that synchronizes them has nothing left to write then. */
function raiseMember(p: Params) {
  const membership = (more?: SQL) =>
    db
      .select({ key: membershipTable.groupKey })
      .from(membershipTable)
      .where(and(isTheirs(p), more))
  const isNew = notExists(membership())
  return db
    .update(customerTable)
    .set({
      groupKeys: sql`case when ${isNew} then ${groupKeysAfterAdding(sql`${p.group}`)} else ${customerTable.groupKeys} end`,
      sequence: sql`${customerTable.sequence} + 1`,
      version: sql`${customerTable.version} + 1`,
      changedAt: stampedChangedAt([{ field: 'groups' }]),
      updatedAt: p.now,
    })
    .where(
      and(
        isThisCustomer({ tenant: p.tenant, id: p.customerId }),
        or(isNew, exists(membership(and(not(isHeldByRule), getsAnotherEnd(p))))),
      ),
    )
    .returning()
}

/** The event of this commit. */
const appended = (p: Params, more?: SQL) =>
  db
    .select({ id: eventTable.id })
    .from(eventTable)
    .where(and(eq(eventTable.tenant, p.tenant), eq(eventTable.id, p.event), more))
