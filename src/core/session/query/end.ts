import { and, eq, notExists, notInArray, sql } from 'drizzle-orm'
import { db, pick, refuseWhen } from '#db/builder'
import { kind } from '#db/kind'
import { customerTable, sessionTable } from '#db/schema'
import { useCase } from '#db/use-case'
import { isCustomer } from '#lock/customer'
import { customers } from './insert.ts'

/** What the provider needs to know of a session that ended. */
const ended = { id: sessionTable.id, sealed: sessionTable.providerRefresh }

/** Ends a session, if it is this client's (null: any client's). */
export const endSession = useCase(
  'end_session',
  { ...pick(sessionTable, 'tenant', 'id'), clientId: kind.orNull(kind.text) },
  (p) => [
    db
      .delete(sessionTable)
      .where(
        and(
          eq(sessionTable.tenant, p.tenant),
          eq(sessionTable.id, p.id),
          sql`coalesce(${sessionTable.clientId} = ${p.clientId}, true)`,
        ),
      )
      .returning(ended),
  ],
)

/** Ends sessions of a customer: this one, or (null) all. Refuses `customer_not_found`. */
export const endSessions = useCase(
  'end_sessions',
  { ...pick(sessionTable, 'tenant', 'customerId'), id: kind.orNull(kind.text) },
  (p) => [
    refuseWhen({
      customer_not_found: notExists(
        customers(
          and(
            isCustomer({ tenant: p.tenant, id: p.customerId }),
            notInArray(customerTable.status, ['erased', 'deleted']),
          ),
        ),
      ),
    }),
    db
      .delete(sessionTable)
      .where(
        and(
          eq(sessionTable.tenant, p.tenant),
          eq(sessionTable.customerId, p.customerId),
          sql`coalesce(${sessionTable.id} = ${p.id}, true)`,
        ),
      )
      .returning(ended),
  ],
)
