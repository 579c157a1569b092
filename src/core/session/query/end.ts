import { and, eq, exists, notExists, notInArray, sql } from 'drizzle-orm'
import { db, pick, refuseWhen } from '#db/builder'
import { kind } from '#db/kind'
import { customerTable, sessionTable } from '#db/schema'
import { useCase } from '#db/use-case'
import { isCustomer, lockCustomer } from '#lock/customer'
import { deleteSessions, endDevices, endIntentions, isSessionOf } from './end-all.ts'
import { customers } from './insert.ts'

/** The columns of an ended session that the provider needs. */
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

/**
 * Ends the session of a customer with this id (null: all), and with `intentions` the pending intentions of the customer. Refuses
 * `customer_not_found`.
 */
export const endSessions = useCase(
  'end_sessions',
  {
    ...pick(sessionTable, 'tenant', 'customerId'),
    id: kind.orNull(kind.text),
    intentions: kind.flag,
  },
  (p) => {
    const isMeant = sql`coalesce(${sessionTable.id} = ${p.id}, true)`
    const isThere = exists(
      db.select({ id: sessionTable.id }).from(sessionTable).where(isSessionOf(p, isMeant)),
    )
    return [
      lockCustomer({ tenant: p.tenant, id: p.customerId }),
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
      endIntentions(p, sql`${p.intentions} and (${p.id} is null or ${isThere})`),
      endDevices(p, sql`${p.id} is null`),
      deleteSessions(p, isMeant).returning(ended),
    ]
  },
)
