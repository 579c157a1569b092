import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { db, isAny, pick } from '#db/builder'
import { kind } from '#db/kind'
import { groupTable, jobTable, ruleMomentTable } from '#db/schema'
import { useCase } from '#db/use-case'

const isRule = and(isNotNull(groupTable.rule), isNull(groupTable.dissolvedAt))

/** All rules of a tenant. */
export const findRules = useCase('find_rules', { tenant: groupTable.tenant }, (p) => [
  db
    .select(
      pick(
        groupTable,
        'key',
        'rule',
        'ruleNumber',
        'ruleStopped',
        'ruleUntrusted',
        'allowShopperValues',
      ),
    )
    .from(groupTable)
    .where(and(eq(groupTable.tenant, p.tenant), isRule))
    .orderBy(groupTable.key),
])

/** The customers whom jobs name, as far as the jobs are still to do. */
export const findJudging = useCase(
  'find_judging',
  { tenant: jobTable.tenant, ids: kind.texts },
  (p) => [
    db
      .select({ customerId: kind.text(sql`${jobTable.payload} ->> 'customer'`) })
      .from(jobTable)
      .where(and(eq(jobTable.tenant, p.tenant), isAny(jobTable.id, p.ids))),
  ],
)

/** The next customers whose moment has come in one of some groups. */
export const findDue = useCase(
  'find_due_moments',
  {
    tenant: ruleMomentTable.tenant,
    now: ruleMomentTable.nextAt,
    groups: kind.texts,
    limit: kind.int,
  },
  (p) => [
    db
      .select(pick(ruleMomentTable, 'customerId'))
      .from(ruleMomentTable)
      .where(
        and(
          eq(ruleMomentTable.tenant, p.tenant),
          sql`${ruleMomentTable.nextAt} <= ${p.now}`,
          sql`${ruleMomentTable.nextAt} < 'infinity'`,
          isAny(ruleMomentTable.groupKey, p.groups),
        ),
      )
      .orderBy(ruleMomentTable.nextAt)
      .limit(p.limit),
  ],
)
