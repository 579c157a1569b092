import { and, eq, exists, sql } from 'drizzle-orm'
import { customerTable, sessionTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, refuseWhen } from '#db/statement-builders'
import { noAnswer, useCase } from '#db/use-case'
import { customerRefusals, isThisCustomer, lockCustomer } from '#lock/customer'
import { appendEvent, appendEventParams, nextSequenceAndVersion } from '#query/outbox'
import { selectCustomerIdsWhere } from './insert.ts'

/**
 * Appends the event that a service opens a session. It belongs at the head of the commit that opens it. Refuses `customer_not_found`, `customer_merged`,
 * `customer_is_guest`, `customer_disabled`, `email_unverified`.
 */
export const appendSessionOpenedEvent = useCase(
  'append_session_opened_event',
  {
    ...appendEventParams,
    customerId: customerTable.id,
    sessionId: sessionTable.id,
    reason: sqlType.orNull(sqlType.text),
  },
  (p) => {
    const which = { tenant: p.tenant, id: p.customerId }
    const isIn = (status: 'guest' | 'disabled' | 'unverified') =>
      exists(selectCustomerIdsWhere(and(isThisCustomer(which), eq(customerTable.status, status))))
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
          .set({ sequence: nextSequenceAndVersion.sequence })
          .where(isThisCustomer(which))
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
