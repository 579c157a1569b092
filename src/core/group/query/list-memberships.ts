import { and, eq, gt, sql } from 'drizzle-orm'
import { db, pick } from '#db/builder'
import { membershipTable } from '#db/schema'
import { useCase } from '#db/use-case'
import { visibleCustomer } from '#lock/customer'
import { countUpTo, keyset } from '#query/page'
import { membershipSelection } from './selection.ts'

/** The groups of the customer that an id stands for, by their keys. Without a row there is no such customer. */
export const listMemberships = useCase(
  'list_memberships',
  { ...pick(membershipTable, 'tenant', 'customerId'), ...keyset },
  (p) => {
    const owner = visibleCustomer({ tenant: p.tenant, id: p.customerId })
    const isTheirs = and(
      eq(membershipTable.tenant, p.tenant),
      eq(membershipTable.customerId, owner.id),
    )
    const { counted, total } = countUpTo(p.most, membershipTable, isTheirs)
    const page = db
      .select()
      .from(membershipTable)
      .where(and(isTheirs, gt(membershipTable.groupKey, p.after)))
      .orderBy(membershipTable.groupKey)
      .limit(p.limit)
      .as('page')
    return [
      db
        .select({ customerId: owner.id, total, item: membershipSelection(page) })
        .from(owner)
        .innerJoinLateral(counted, sql`true`)
        .leftJoinLateral(page, sql`true`)
        .orderBy(page.groupKey),
    ]
  },
)
