import { and, eq } from 'drizzle-orm'
import { db } from '#db/builder'
import { kind } from '#db/kind'
import { customerTable, sessionTable } from '#db/schema'
import { useCase } from '#db/use-case'
import { customerSelection } from '#selection/customer'
import { isRotated, rotating, rotation } from './rotate.ts'

/** A new refresh token for a session. Without a row there is no session any more, or none of this client. */
export const refreshSession = useCase(
  'refresh_session',
  { ...rotating, currency: kind.text },
  (p) => [
    ...rotation(p),
    db
      .select({
        clientId: sessionTable.clientId,
        customer: customerSelection(customerTable, p.currency),
      })
      .from(sessionTable)
      .innerJoin(
        customerTable,
        and(
          eq(customerTable.tenant, sessionTable.tenant),
          eq(customerTable.id, sessionTable.customerId),
        ),
      )
      .where(isRotated(p)),
  ],
)
