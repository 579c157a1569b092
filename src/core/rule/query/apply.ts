import { and, eq, notExists, sql } from 'drizzle-orm'
import { db, insertFrom, isAny } from '#db/builder'
import { kind } from '#db/kind'
import { customerTable, jobTable, membershipTable, ruleMomentTable } from '#db/schema'
import { useCase } from '#db/use-case'
import { isAmong, lockCustomers } from '#query/group'
import { changeMemberships } from './change-memberships.ts'
import { holdRules } from './hold-rules.ts'
import { isAt, type VerdictParams, verdictParams, verdictTable } from './verdict.ts'

/**
 * Carries out verdicts. A verdict about a customer who has changed since is left over. Events tell when the union of hand and rule changes.
 * The jobs are deleted if nothing is left over. Answers the customers who are to be judged again. Refuses `precondition_failed` if a rule
 * has changed.
 */
export const applyVerdicts = useCase('apply_verdicts', verdictParams, (p) => [
  ...holdRules(p),
  lockCustomers(p, isAmong(customerTable.id, p.customers)),
  keepMoments(p),
  deleteMoments(p),
  markHeld(p),
  changeMemberships(p),
  db
    .delete(jobTable)
    .where(and(eq(jobTable.tenant, p.tenant), isAny(jobTable.id, p.jobs), notExists(leftOver(p)))),
  leftOver(p),
])

function keepMoments(p: VerdictParams) {
  const { v, fresh } = verdictTable(p)
  return insertFrom(
    ruleMomentTable,
    {
      tenant: p.tenant,
      groupKey: v.groupKey,
      customerId: v.customerId,
      nextAt: kind.moment(sql`${v.nextAt}`),
    },
    fresh(sql`${v.nextAt} is not null`),
  ).onConflictDoUpdate({
    target: [ruleMomentTable.tenant, ruleMomentTable.groupKey, ruleMomentTable.customerId],
    set: { nextAt: sql`excluded.next_at` },
  })
}

function deleteMoments(p: VerdictParams) {
  const { v, moment, fresh } = verdictTable(p)
  return db.delete(ruleMomentTable).where(isAt(moment.place, fresh(sql`${v.nextAt} is null`)))
}

/** A member by hand is one whether the rule holds it or not: no event. */
function markHeld(p: VerdictParams) {
  const { v, membership, fresh } = verdictTable(p)
  return db
    .update(membershipTable)
    .set({ byRule: sql`not ${membershipTable.byRule}` })
    .where(
      isAt(
        membership.place,
        fresh(and(sql`${membership.source} <> 'rule'`, sql`${v.fits} <> ${membership.byRule}`)),
      ),
    )
}

/** The customers whose verdicts could not be carried out. */
function leftOver(p: VerdictParams) {
  const { v, membership, moment, tables } = verdictTable(p)
  return db
    .selectDistinct({ customerId: kind.text(sql`${v.customerId}`) })
    .from(tables)
    .where(
      sql`coalesce(${membership.byRule}, false) <> ${v.fits} or ${moment.nextAt} is distinct from ${v.nextAt}`,
    )
}
