import { and, eq, lte } from 'drizzle-orm'
import { kind } from '#db/kind'
import { membershipTable } from '#db/schema'
import { useCase } from '#db/use-case'
import { appendingEach, countAppended } from '#query/outbox'
import { endMemberships, lockCustomers, nextMemberships } from './member.ts'

/**
 * Ends memberships whose time is over, the longest over first. The second statement looks again, for the first may have waited for
 * someone who prolonged one; it answers how many ended.
 */
export const expireMemberships = useCase(
  'expire_memberships',
  { ...appendingEach, limit: kind.int },
  (p) => {
    const { isOwner, isNext } = nextMemberships({
      where: and(eq(membershipTable.tenant, p.tenant), lte(membershipTable.expiresAt, p.now)),
      order: membershipTable.expiresAt,
      limit: p.limit,
    })
    return [
      lockCustomers(p, isOwner),
      endMemberships(p, 'expired', isNext),
      countAppended(p, 'customer.group_removed'),
    ]
  },
)
