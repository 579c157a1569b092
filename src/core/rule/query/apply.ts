import { and, eq, notExists, sql } from 'drizzle-orm'
import { customerTable, jobTable, membershipTable, ruleMomentTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, insertFrom, isAnyOf } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { isAmongCustomerIds, lockCustomersWhere } from '#query/group'
import { changeMemberships } from './change-memberships.ts'
import { holdRules } from './hold-rules.ts'
import { isRowOfVerdicts, type VerdictParams, verdictParams, verdictTable } from './verdict.ts'

/**
 * Carries out verdicts. If a customer has changed since the judgement, the verdict is not carried out. Events tell when the union of hand and rule changes.
 * The jobs are deleted if nothing is left over. Answers the customers who are to be judged again. Refuses `precondition_failed` if a rule
 * has changed.
 */
export const applyVerdicts = useCase('apply_verdicts', verdictParams, (p) => [
  ...holdRules(p),
  lockCustomersWhere(p, isAmongCustomerIds(customerTable.id, p.customers)),
  keepMoments(p),
  deleteMoments(p),
  markHeld(p),
  changeMemberships(p),
  db
    .delete(jobTable)
    .where(
      and(eq(jobTable.tenant, p.tenant), isAnyOf(jobTable.id, p.jobs), notExists(leftOver(p))),
    ),
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
      nextAt: sqlType.moment(sql`${v.nextAt}`),
    },
    fresh(sql`${v.nextAt} is not null`),
  ).onConflictDoUpdate({
    target: [ruleMomentTable.tenant, ruleMomentTable.groupKey, ruleMomentTable.customerId],
    set: { nextAt: sql`excluded.next_at` },
  })
}

function deleteMoments(p: VerdictParams) {
  const { v, moment, fresh } = verdictTable(p)
  return db
    .delete(ruleMomentTable)
    .where(isRowOfVerdicts(moment.place, fresh(sql`${v.nextAt} is null`)))
}

/** Marks whether the rule holds a member who is also a member by hand. The membership itself does not change, so there is no event. */
function markHeld(p: VerdictParams) {
  const { v, membership, fresh } = verdictTable(p)
  return db
    .update(membershipTable)
    .set({ byRule: sql`not ${membershipTable.byRule}` })
    .where(
      isRowOfVerdicts(
        membership.place,
        fresh(and(sql`${membership.source} <> 'rule'`, sql`${v.fits} <> ${membership.byRule}`)),
      ),
    )
}

/** The customers whose verdicts could not be carried out. */
function leftOver(p: VerdictParams) {
  const { v, membership, moment, tables } = verdictTable(p)
  return db
    .selectDistinct({ customerId: sqlType.text(sql`${v.customerId}`) })
    .from(tables)
    .where(
      sql`coalesce(${membership.byRule}, false) <> ${v.fits} or ${moment.nextAt} is distinct from ${v.nextAt}`,
    )
}
