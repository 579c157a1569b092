import { and, eq } from 'drizzle-orm'
import { customerTable, membershipTable, ruleMomentTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick } from '#db/statement-builders'
import { noAnswer, useCase } from '#db/use-case'
import { appendEvent, appendEventParams, raiseSequence } from '#query/outbox'
import { isThisCustomer, lockCustomerOrRefuse, refuseStale } from './lock.ts'

/**
 * Hides the customer. The event shows the customer before that. Refuses `customer_not_found`, `customer_merged`, `precondition_failed`.
 */
export const deleteCustomer = useCase(
  'delete_customer',
  {
    ...appendEventParams,
    ...pick(customerTable, 'id'),
    accepted: sqlType.orNull(sqlType.versions),
  },
  (p) => [
    lockCustomerOrRefuse(p),
    refuseStale(customerTable, p.accepted, isThisCustomer(p)),
    appendEvent(p, raiseSequence(p), () => ({ type: 'customer.deleted' })),
    db
      .delete(membershipTable)
      .where(and(eq(membershipTable.tenant, p.tenant), eq(membershipTable.customerId, p.id))),
    db
      .delete(ruleMomentTable)
      .where(and(eq(ruleMomentTable.tenant, p.tenant), eq(ruleMomentTable.customerId, p.id))),
    db
      .update(customerTable)
      .set({ status: 'deleted', passwordHash: null })
      .where(isThisCustomer(p)),
    noAnswer,
  ],
)
