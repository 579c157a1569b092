import { and, eq, gt, sql } from 'drizzle-orm'
import { db } from '#db/builder'
import { groupTable, membershipTable } from '#db/schema'
import { useCase } from '#db/use-case'
import { isThere } from '#lock/group'
import { countUpTo, keyset } from '#query/page'
import { memberSelection } from './selection.ts'

/** Who is in a group, by their ids. Without a row there is no such group. */
export const listMembers = useCase(
  'list_members',
  { tenant: groupTable.tenant, group: groupTable.key, ...keyset },
  (p) => {
    const isMember = and(
      eq(membershipTable.tenant, p.tenant),
      eq(membershipTable.groupKey, p.group),
    )
    const { counted, total } = countUpTo(p.most, membershipTable, isMember)
    const page = db
      .select()
      .from(membershipTable)
      .where(and(isMember, gt(membershipTable.customerId, p.after)))
      .orderBy(membershipTable.customerId)
      .limit(p.limit)
      .as('page')
    return [
      db
        .select({ total, item: memberSelection(page) })
        .from(groupTable)
        .innerJoin(counted, sql`true`)
        .leftJoin(page, sql`true`)
        .where(isThere(p))
        .orderBy(page.customerId),
    ]
  },
)
