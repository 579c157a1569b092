import { and, eq, exists, lte, not, type SQL, sql } from 'drizzle-orm'
import { customerTable, membershipTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { appendManyEventsParams } from '#query/outbox'
import {
  endMemberships,
  isAmongCustomerIds,
  lockCustomersWhere,
  nextMembershipBatch,
} from './add-or-end-memberships.ts'
import { isHeldByRule, removeHandFromRuleMembers } from './membership-by-hand.ts'

/**
 * Ends memberships by hand whose time is over, in the order of their ends; those whom the rule holds as well stay members. The later
 * statements read them again, for the first may have waited for a transaction that prolonged one. Answers whether there are more.
 */
export const expireMemberships = useCase(
  'expire_memberships',
  { ...appendManyEventsParams, limit: sqlType.int },
  (p) => {
    const isOver = and(eq(membershipTable.tenant, p.tenant), lte(membershipTable.expiresAt, p.now))
    const nextOf = (which: SQL) =>
      nextMembershipBatch({
        where: and(isOver, which),
        order: membershipTable.expiresAt,
        limit: p.limit,
      })
    const [kept, ended] = [nextOf(isHeldByRule), nextOf(not(isHeldByRule))]
    const left = db
      .select({ customerId: membershipTable.customerId })
      .from(membershipTable)
      .where(isOver)
    return [
      lockCustomersWhere(
        p,
        isAmongCustomerIds(customerTable.id, sql`${kept.owners} || ${ended.owners}`),
      ),
      removeHandFromRuleMembers(p, kept.isNext),
      endMemberships(p, 'expired', ended.isNext),
      db.select({ more: sqlType.flag(exists(left)) }).from(sql`(select) asked`),
    ]
  },
)
