import { and, asc, eq, gt, sql } from 'drizzle-orm'
import { db, pick } from '#db/builder'
import { kind } from '#db/kind'
import { customerTable } from '#db/schema'
import { useCase } from '#db/use-case'
import { familyOf } from './family.ts'

/** The ids and statuses of all customers, also of erased ones, in the order of the ids. */
export const listIds = useCase(
  'list_ids',
  { ...pick(customerTable, 'tenant'), after: customerTable.id, limit: kind.int },
  (p) => [
    db
      .select(pick(customerTable, 'id', 'status'))
      .from(customerTable)
      .where(and(eq(customerTable.tenant, p.tenant), gt(customerTable.id, p.after)))
      .orderBy(asc(customerTable.id))
      .limit(p.limit),
  ],
)

/** The customer and all whom its erasure would take along. */
export const findFamily = useCase('find_family', pick(customerTable, 'tenant', 'id'), (p) => [
  db
    .select(pick(customerTable, 'id', 'status'))
    .from(customerTable)
    .where(
      and(
        eq(customerTable.tenant, p.tenant),
        sql`${customerTable.id} = any(array(${familyOf(p)}))`,
      ),
    ),
])
