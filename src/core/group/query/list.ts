import { and, eq, gt, isNull } from 'drizzle-orm'
import { groupTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { countUpTo, keysetParams } from '#query/page'
import { groupSelection } from './selection.ts'

/** The groups of a tenant by their keys. */
export const listGroups = useCase(
  'list_groups',
  { tenant: groupTable.tenant, ...keysetParams },
  (p) => [
    db
      .select({ item: groupSelection(groupTable) })
      .from(groupTable)
      .where(and(isListed(p), gt(groupTable.key, p.after)))
      .orderBy(groupTable.key)
      .limit(p.limit),
  ],
)

export const countGroups = useCase(
  'count_groups',
  { tenant: groupTable.tenant, most: sqlType.int },
  (p) => [countUpTo(p.most, groupTable, isListed(p))],
)

const isListed = ({ tenant }: { readonly tenant: string }) =>
  and(eq(groupTable.tenant, tenant), isNull(groupTable.dissolvedAt))
