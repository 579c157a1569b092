import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import { db } from '#db/builder'
import { groupTable } from '#db/schema'
import { useCase } from '#db/use-case'
import { countUpTo, keyset } from '#query/page'
import { groupSelection } from './selection.ts'

/** The groups of a tenant by their keys. */
export const listGroups = useCase('list_groups', { tenant: groupTable.tenant, ...keyset }, (p) => {
  const isListed = and(eq(groupTable.tenant, p.tenant), isNull(groupTable.dissolvedAt))
  const { counted, total } = countUpTo(p.most, groupTable, isListed)
  const page = db
    .select()
    .from(groupTable)
    .where(and(isListed, gt(groupTable.key, p.after)))
    .orderBy(groupTable.key)
    .limit(p.limit)
    .as('page')
  return [
    db
      .select({ total, item: groupSelection(page) })
      .from(counted)
      .leftJoin(page, sql`true`)
      .orderBy(page.key),
  ]
})
