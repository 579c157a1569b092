import { and, desc, eq, gt, notInArray } from 'drizzle-orm'
import { customerTable, sessionTable } from '#db/schema'
import { db, pick } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { isThisCustomer } from '#lock/customer'

/** The sessions of a customer, newest first. No row: there is no such customer. A row with a null `session`: it has no session. */
export const listSessions = useCase(
  'list_sessions',
  { ...pick(sessionTable, 'tenant', 'customerId'), now: sessionTable.expiresAt },
  (p) => [
    db
      .select({
        customerId: customerTable.id,
        session: pick(
          sessionTable,
          'id',
          'clientId',
          'userAgent',
          'address',
          'provenAt',
          'createdAt',
          'lastUsedAt',
          'expiresAt',
        ),
      })
      .from(customerTable)
      .leftJoin(
        sessionTable,
        and(
          eq(sessionTable.tenant, customerTable.tenant),
          eq(sessionTable.customerId, customerTable.id),
          gt(sessionTable.expiresAt, p.now),
        ),
      )
      .where(
        and(
          isThisCustomer({ tenant: p.tenant, id: p.customerId }),
          notInArray(customerTable.status, ['erased', 'deleted']),
        ),
      )
      .orderBy(desc(sessionTable.createdAt), desc(sessionTable.id)),
  ],
)
