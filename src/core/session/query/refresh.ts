import { and, eq } from 'drizzle-orm'
import { db } from '#db/builder'
import { kind } from '#db/kind'
import { customerTable, sessionTable } from '#db/schema'
import { useCase } from '#db/use-case'
import { customerSelection } from '#selection/customer'
import { goesOn, isRotated, isTheSession, rotating } from './rotate.ts'

/**
 * Exchanges the refresh token of a session for its child, after `endUnlessGood` in the same commit. A parent that is answered
 * again changes nothing. No row: the session is over, or it is another client's.
 */
export const refreshSession = useCase(
  'refresh_session',
  { ...rotating, currency: kind.text },
  (p) => [
    db
      .update(sessionTable)
      .set({ refreshHash: p.nextHash, rotatedAt: p.now, lastUsedAt: p.now })
      .where(and(isTheSession(p), eq(sessionTable.refreshHash, p.hash), goesOn(p))),
    db
      .select({
        clientId: sessionTable.clientId,
        epoch: customerTable.deviceEpoch,
        provenAt: sessionTable.provenAt,
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
