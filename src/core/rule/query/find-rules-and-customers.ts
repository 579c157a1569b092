import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { groupTable, jobTable, ruleMomentTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, isAnyOf, pick } from '#db/statement-builders'
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
export const findCustomersToJudge = useCase(
  'find_customers_to_judge',
  { tenant: jobTable.tenant, ids: sqlType.texts },
  (p) => [
    db
      .select({ customerId: sqlType.text(sql`${jobTable.payload} ->> 'customer'`) })
      .from(jobTable)
      .where(and(eq(jobTable.tenant, p.tenant), isAnyOf(jobTable.id, p.ids))),
  ],
)

/** The next customers whose moment has come in one of some groups. */
export const findCustomersWithDueMoment = useCase(
  'find_customers_with_due_moment',
  {
    tenant: ruleMomentTable.tenant,
    now: ruleMomentTable.nextAt,
    groups: sqlType.texts,
    limit: sqlType.int,
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
          isAnyOf(ruleMomentTable.groupKey, p.groups),
        ),
      )
      .orderBy(ruleMomentTable.nextAt)
      .limit(p.limit),
  ],
)
