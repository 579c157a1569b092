import { and, eq } from 'drizzle-orm'
import { customerTable, groupTable, membershipTable } from '#db/schema'
import { db, pick } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { holdingRule } from './holding-rule.ts'

/** The rule that holds a customer in a group, and what it reads. No row: there is no such membership. */
export const findMembershipReason = useCase(
  'find_membership_reason',
  pick(membershipTable, 'tenant', 'customerId', 'groupKey'),
  (p) => [
    db
      .select({ held: holdingRule(membershipTable, groupTable, customerTable) })
      .from(membershipTable)
      .innerJoin(
        groupTable,
        and(eq(groupTable.tenant, p.tenant), eq(groupTable.key, membershipTable.groupKey)),
      )
      .innerJoin(
        customerTable,
        and(eq(customerTable.tenant, p.tenant), eq(customerTable.id, membershipTable.customerId)),
      )
      .where(
        and(
          eq(membershipTable.tenant, p.tenant),
          eq(membershipTable.customerId, p.customerId),
          eq(membershipTable.groupKey, p.groupKey),
        ),
      ),
  ],
)
