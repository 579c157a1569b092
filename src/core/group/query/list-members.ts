import { and, eq, gt, sql } from 'drizzle-orm'
import { customerTable, groupTable, membershipTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { isGroupVisible } from '#lock/group'
import { countUpTo, keysetParams } from '#query/page'
import { holdingRule } from './holding-rule.ts'
import { memberSelection } from './selection.ts'

/** The members of a group by their ids, with the reasons of its rule. No row: there is no such group. */
export const listMembers = useCase(
  'list_members',
  { tenant: groupTable.tenant, group: groupTable.key, ...keysetParams },
  (p) => {
    const page = db
      .select()
      .from(membershipTable)
      .where(and(isMember(p), gt(membershipTable.customerId, p.after)))
      .orderBy(membershipTable.customerId)
      .limit(p.limit)
      .as('page')
    return [
      db
        .select({
          item: memberSelection(page),
          held: holdingRule(page, groupTable, customerTable),
        })
        .from(groupTable)
        .leftJoin(page, sql`true`)
        .leftJoin(
          customerTable,
          and(eq(customerTable.tenant, p.tenant), eq(customerTable.id, page.customerId)),
        )
        .where(isGroupVisible(p))
        .orderBy(page.customerId),
    ]
  },
)

export const countMembers = useCase(
  'count_members',
  { tenant: groupTable.tenant, group: groupTable.key, most: sqlType.int },
  (p) => [countUpTo(p.most, membershipTable, isMember(p))],
)

const isMember = (p: { readonly tenant: string; readonly group: string }) =>
  and(eq(membershipTable.tenant, p.tenant), eq(membershipTable.groupKey, p.group))
