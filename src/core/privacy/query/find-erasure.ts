import { and, asc, eq, gt, sql } from 'drizzle-orm'
import { customerTable, erasureTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { notedFeedEnd, noteFeedEnd } from '#query/event'
import { erasureSelection, erasureVersion } from './erasure-selection.ts'

/** The receipt of the erasure of a customer, of one that was merged into it, or of a guest that went with it. */
export const findErasure = useCase('find_erasure', pick(customerTable, 'tenant', 'id'), (p) => [
  db
    .select({ erasure: erasureSelection(erasureTable), version: erasureVersion(erasureTable) })
    .from(customerTable)
    .innerJoin(
      erasureTable,
      and(
        eq(erasureTable.tenant, customerTable.tenant),
        eq(erasureTable.id, customerTable.erasureId),
      ),
    )
    .where(and(eq(customerTable.tenant, p.tenant), eq(customerTable.id, p.id))),
])

/** The erasures after a place, in the order of the feed. It ends where a transaction may still add one. */
export const listErasures = useCase(
  'list_erasures',
  { ...pick(erasureTable, 'tenant'), after: erasureTable.place, limit: sqlType.int },
  (p) => [
    noteFeedEnd,
    db
      .select(pick(erasureTable, 'place', 'customerIds', 'reason', 'createdAt'))
      .from(erasureTable)
      .where(
        and(
          eq(erasureTable.tenant, p.tenant),
          gt(erasureTable.place, p.after),
          sql`${erasureTable.place} <= ${notedFeedEnd}`,
        ),
      )
      .orderBy(asc(erasureTable.place))
      .limit(p.limit),
  ],
)
