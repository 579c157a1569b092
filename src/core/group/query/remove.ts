import { and, eq, notExists } from 'drizzle-orm'
import { db, pick, refuseWhen } from '#db/builder'
import { kind } from '#db/kind'
import { customerTable, membershipTable } from '#db/schema'
import { noAnswer, useCase } from '#db/use-case'
import { holdCustomer, isCustomer, refuseStale } from '#lock/customer'
import { appendingEach } from '#query/outbox'
import { endMemberships } from './member.ts'

/**
 * Removes a customer from a group. Refuses `customer_not_found`, `customer_merged`, `precondition_failed`, `membership_not_found`.
 */
export const removeMembership = useCase(
  'remove_membership',
  {
    ...appendingEach,
    ...pick(membershipTable, 'customerId', 'groupKey'),
    accepted: kind.orNull(kind.versions),
  },
  (p) => {
    const customer = { tenant: p.tenant, id: p.customerId }
    const isTheirs = and(
      eq(membershipTable.tenant, p.tenant),
      eq(membershipTable.groupKey, p.groupKey),
      eq(membershipTable.customerId, p.customerId),
    )
    const membership = db
      .select({ customerId: membershipTable.customerId })
      .from(membershipTable)
      .where(isTheirs)
    return [
      holdCustomer(customer),
      refuseStale(customerTable, p.accepted, isCustomer(customer)),
      refuseWhen({ membership_not_found: notExists(membership) }),
      endMemberships(p, 'manual', isTheirs),
      noAnswer,
    ]
  },
)
