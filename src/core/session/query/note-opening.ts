import { and, eq, exists, sql } from 'drizzle-orm'
import { db, refuseWhen } from '#db/builder'
import { kind } from '#db/kind'
import { customerTable, sessionTable } from '#db/schema'
import { noAnswer, useCase } from '#db/use-case'
import { customerRefusals, isCustomer, lockCustomer } from '#lock/customer'
import { appendEvent, appending, next } from '#query/outbox'
import { customers } from './insert.ts'

/**
 * Tells that a service opens a session, at the head of the commit that does. Refuses `customer_not_found`, `customer_merged`,
 * `customer_is_guest`, `customer_disabled`, `email_unverified`.
 */
export const noteOpening = useCase(
  'note_opening',
  {
    ...appending,
    customerId: customerTable.id,
    sessionId: sessionTable.id,
    reason: kind.orNull(kind.text),
  },
  (p) => {
    const which = { tenant: p.tenant, id: p.customerId }
    const isIn = (status: 'guest' | 'disabled' | 'unverified') =>
      exists(customers(and(isCustomer(which), eq(customerTable.status, status))))
    return [
      lockCustomer(which),
      refuseWhen({
        ...customerRefusals(which),
        customer_is_guest: isIn('guest'),
        customer_disabled: isIn('disabled'),
        email_unverified: isIn('unverified'),
      }),
      appendEvent(
        p,
        db
          .update(customerTable)
          .set({ sequence: next.sequence })
          .where(isCustomer(which))
          .returning(),
        () => ({
          type: 'customer.session_opened',
          data: { sessionId: sql`${p.sessionId}`, reason: sql`${p.reason}` },
        }),
      ),
      noAnswer,
    ]
  },
)
