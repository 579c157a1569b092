import { and, desc, eq, sql } from 'drizzle-orm'
import { db, pick } from '#db/builder'
import { selectionOf } from '#db/field'
import { kind } from '#db/kind'
import { driftTable } from '#db/schema'
import { useCase } from '#db/use-case'
import { driftFields } from '../field.ts'

/** Counters that were wrong, found before one of them, newest first. */
export const listDrifts = useCase(
  'list_drifts',
  {
    ...pick(driftTable, 'tenant'),
    beforeAt: driftTable.createdAt,
    beforeCustomer: driftTable.customerId,
    limit: kind.int,
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
