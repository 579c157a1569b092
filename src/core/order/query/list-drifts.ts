import { and, desc, eq, sql } from 'drizzle-orm'
import { selectionOf } from '#db/field'
import { driftTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { driftFields } from '../field-list.ts'

/** Wrong counters that were found before a position, newest first. */
export const listDrifts = useCase(
  'list_drifts',
  {
    ...pick(driftTable, 'tenant'),
    beforeAt: driftTable.createdAt,
    beforeCustomer: driftTable.customerId,
    limit: sqlType.int,
  },
  (p) => [
    db
      .select(selectionOf(driftFields, driftTable, {}))
      .from(driftTable)
      .where(
        and(
          eq(driftTable.tenant, p.tenant),
          sql`(${driftTable.createdAt}, ${driftTable.customerId}) < (${p.beforeAt}, ${p.beforeCustomer})`,
        ),
      )
      .orderBy(desc(driftTable.createdAt), desc(driftTable.customerId))
      .limit(p.limit),
  ],
)
