import { and, eq, not, type SQL, sql } from 'drizzle-orm'
import { customerTable, membershipTable } from '#db/schema'
import { db, pick } from '#db/statement-builders'
import { noAnswer, useCase } from '#db/use-case'
import { isThisCustomer } from '#lock/customer'
import { nextSequenceAndVersion, stampedChangedAt } from '#query/outbox'

type At = { readonly tenant: string; readonly now: string }

/** The rule of the group holds the member, alone or besides a hand. */
export const isHeldByRule = eq(membershipTable.byRule, true)
/** Only the rule holds the member. */
export const isRuleOnlyMember = eq(membershipTable.source, 'rule')

/**
 * Gives members whom the rule holds a membership by hand as well, with this end. Nobody enters the group, so there is no event.
 * @param which a condition on memberships that the rule holds, and whose customers are locked.
 */
export const addHandToRuleMembers = (p: At, expiresAt: string | null, which: SQL | undefined) =>
  changeHands(
    p,
    {
      source: sql`case when ${isRuleOnlyMember} then 'manual' else ${membershipTable.source} end`,
      expiresAt,
    },
    which,
  )

/**
 * Takes the membership by hand away from members whom the rule holds as well. Nobody leaves the group, so there is no event.
 * @param which a condition on memberships that the rule holds, and whose customers are locked.
 */
export const removeHandFromRuleMembers = (p: At, which: SQL | undefined) =>
  changeHands(p, { source: 'rule', expiresAt: null }, and(not(isRuleOnlyMember), which))

type Hand = { readonly source: 'rule' | SQL; readonly expiresAt: string | null }

/** `which` must contain the test of `byRule`. With the test here, a plan could read all memberships by rule. */
function changeHands({ tenant, now }: At, hand: Hand, which: SQL | undefined) {
  const changed = db
    .$with('changed')
    .as(
      db
        .update(membershipTable)
        .set(hand)
        .where(which)
        .returning({ owner: membershipTable.customerId }),
    )
  return db
    .with(changed)
    .update(customerTable)
    .set(raised(now))
    .where(
      and(
        eq(customerTable.tenant, tenant),
        // Not a join, which a cached plan may do by a table of all customers.
        sql`${customerTable.id} = any(array(${db.select({ owner: changed.owner }).from(changed)}))`,
      ),
    )
}

/** The version of a customer whose memberships by hand have changed. It rises, because a merge is planned from them. */
const raised = (updatedAt: string) => ({
  version: nextSequenceAndVersion.version,
  changedAt: stampedChangedAt([{ field: 'groups' }]),
  updatedAt,
})

/** Raises the version of a customer after a change of memberships by hand without an event. A merge and its undo call it. */
export const raiseCustomerVersion = useCase(
  'raise_customer_version',
  pick(customerTable, 'tenant', 'id', 'updatedAt'),
  (p) => [db.update(customerTable).set(raised(p.updatedAt)).where(isThisCustomer(p)), noAnswer],
)
