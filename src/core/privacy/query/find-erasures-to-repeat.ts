import { and, asc, eq, gt, sql } from 'drizzle-orm'
import { customerTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { customersErasedTogether } from './customers-erased-together.ts'

/** The ids and statuses of all customers, also of erased ones, in the order of the ids. */
export const listCustomerIdsAndStatuses = useCase(
  'list_customer_ids_and_statuses',
  { ...pick(customerTable, 'tenant'), after: customerTable.id, limit: sqlType.int },
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
export const findCustomersErasedTogether = useCase(
  'find_customers_erased_together',
  pick(customerTable, 'tenant', 'id'),
  (p) => [
    db
      .select(pick(customerTable, 'id', 'status'))
      .from(customerTable)
      .where(
        and(
          eq(customerTable.tenant, p.tenant),
          sql`${customerTable.id} = any(array(${customersErasedTogether(p)}))`,
        ),
      ),
  ],
)
