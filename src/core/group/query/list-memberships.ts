import { and, eq, gt, sql } from 'drizzle-orm'
import { groupTable, membershipTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick, type Source } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { customerOrSurvivor, idOfCustomerOrSurvivor } from '#lock/customer'
import { countUpTo, keysetParams } from '#query/page'
import { holdingRule } from './holding-rule.ts'
import { membershipSelection } from './selection.ts'

/** The groups of the customer or of its survivor, by their keys. No row: there is no such customer. */
export const listMemberships = useCase(
  'list_memberships',
  { ...pick(membershipTable, 'tenant', 'customerId'), ...keysetParams },
  (p) => {
    const owner = customerOrSurvivor({ tenant: p.tenant, id: p.customerId })
    const page = db
      .select()
      .from(membershipTable)
      .where(and(isOf(p.tenant, owner.id), gt(membershipTable.groupKey, p.after)))
      .orderBy(membershipTable.groupKey)
      .limit(p.limit)
      .as('page')
    return [
      db
        .select({
          customerId: owner.id,
          item: membershipSelection(page),
          held: holdingRule(page, groupTable, owner),
        })
        .from(owner)
        .leftJoinLateral(page, sql`true`)
        .leftJoin(
          groupTable,
          and(eq(groupTable.tenant, p.tenant), eq(groupTable.key, page.groupKey)),
        )
        .orderBy(page.groupKey),
    ]
  },
)

export const countMemberships = useCase(
  'count_memberships',
  { ...pick(membershipTable, 'tenant', 'customerId'), most: sqlType.int },
  (p) => [
    countUpTo(
      p.most,
      membershipTable,
      isOf(p.tenant, idOfCustomerOrSurvivor({ tenant: p.tenant, id: p.customerId })),
    ),
  ],
)

const isOf = (tenant: string, customerId: Source<string>) =>
  and(eq(membershipTable.tenant, tenant), eq(membershipTable.customerId, customerId))
