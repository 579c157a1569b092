import { and, eq, exists, notExists, notInArray, sql } from 'drizzle-orm'
import { customerTable, sessionTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick, refuseWhen } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { isThisCustomer, lockCustomer } from '#lock/customer'
import {
  deleteSessions,
  endDeviceTokens,
  endIntentions,
  isSessionOfCustomer,
} from './end-access-statement-parts.ts'
import { selectCustomerIdsWhere } from './insert.ts'

/** The columns of an ended session that the provider needs. */
const ended = { id: sessionTable.id, sealed: sessionTable.providerRefresh }

/** Ends a session, if it is this client's (null: any client's). */
export const endSession = useCase(
  'end_session',
  { ...pick(sessionTable, 'tenant', 'id'), clientId: sqlType.orNull(sqlType.text) },
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
    id: sqlType.orNull(sqlType.text),
    intentions: sqlType.flag,
  },
  (p) => {
    const isMeant = sql`coalesce(${sessionTable.id} = ${p.id}, true)`
    const isThere = exists(
      db.select({ id: sessionTable.id }).from(sessionTable).where(isSessionOfCustomer(p, isMeant)),
    )
    return [
      lockCustomer({ tenant: p.tenant, id: p.customerId }),
      refuseWhen({
        customer_not_found: notExists(
          selectCustomerIdsWhere(
            and(
              isThisCustomer({ tenant: p.tenant, id: p.customerId }),
              notInArray(customerTable.status, ['erased', 'deleted']),
            ),
          ),
        ),
      }),
      endIntentions(p, sql`${p.intentions} and (${p.id} is null or ${isThere})`),
      endDeviceTokens(p, sql`${p.id} is null`),
      deleteSessions(p, isMeant).returning(ended),
    ]
  },
)
