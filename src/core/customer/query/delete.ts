import { and, eq } from 'drizzle-orm'
import { db, pick } from '#db/builder'
import { kind } from '#db/kind'
import { customerTable, membershipTable, ruleMomentTable } from '#db/schema'
import { noAnswer, useCase } from '#db/use-case'
import { appendEvent, appending, raiseSequence } from '#query/outbox'
import { isCustomer, lockOrRefuse, refuseStale } from './lock.ts'

/**
 * Hides the customer. The event shows the customer before that. Refuses `customer_not_found`, `customer_merged`, `precondition_failed`.
 */
export const deleteCustomer = useCase(
  'delete_customer',
  { ...appending, ...pick(customerTable, 'id'), accepted: kind.orNull(kind.versions) },
  (p) => [
    lockOrRefuse(p),
    refuseStale(customerTable, p.accepted, isCustomer(p)),
    appendEvent(p, raiseSequence(p), () => ({ type: 'customer.deleted' })),
    db
      .delete(membershipTable)
      .where(and(eq(membershipTable.tenant, p.tenant), eq(membershipTable.customerId, p.id))),
    db
      .delete(ruleMomentTable)
      .where(and(eq(ruleMomentTable.tenant, p.tenant), eq(ruleMomentTable.customerId, p.id))),
    db.update(customerTable).set({ status: 'deleted', passwordHash: null }).where(isCustomer(p)),
    noAnswer,
  ],
)
