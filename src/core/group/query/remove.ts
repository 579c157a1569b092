import { and, eq, exists, not, notExists, type SQL } from 'drizzle-orm'
import { customerTable, membershipTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick, refuseWhen } from '#db/statement-builders'
import { noAnswer, useCase } from '#db/use-case'
import { isThisCustomer, lockCustomerOrRefuse, refuseStale } from '#lock/customer'
import { appendManyEventsParams } from '#query/outbox'
import { endMemberships } from './add-or-end-memberships.ts'
import { isHeldByRule, isRuleOnlyMember, removeHandFromRuleMembers } from './membership-by-hand.ts'

/**
 * Takes a customer's membership by hand away. It ends, unless the rule of the group holds the customer as well. Refuses
 * `customer_not_found`, `customer_merged`, `precondition_failed`, `membership_not_found`, `membership_by_rule`.
 */
export const removeMembership = useCase(
  'remove_membership',
  {
    ...appendManyEventsParams,
    ...pick(membershipTable, 'customerId', 'groupKey'),
    accepted: sqlType.orNull(sqlType.versions),
  },
  (p) => {
    const customer = { tenant: p.tenant, id: p.customerId }
    const isTheirs = and(
      eq(membershipTable.tenant, p.tenant),
      eq(membershipTable.groupKey, p.groupKey),
      eq(membershipTable.customerId, p.customerId),
    )
    const membership = (more?: SQL) =>
      db
        .select({ customerId: membershipTable.customerId })
        .from(membershipTable)
        .where(and(isTheirs, more))
    return [
      lockCustomerOrRefuse(customer),
      refuseStale(customerTable, p.accepted, isThisCustomer(customer)),
      refuseWhen({
        membership_not_found: notExists(membership()),
        membership_by_rule: exists(membership(isRuleOnlyMember)),
      }),
      removeHandFromRuleMembers(p, and(isHeldByRule, isTheirs)),
      endMemberships(p, 'manual', and(not(isHeldByRule), isTheirs)),
      noAnswer,
    ]
  },
)
