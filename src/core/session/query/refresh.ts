import { and, eq } from 'drizzle-orm'
import { customerTable, sessionTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { customerSelection } from '#selection/customer'
import {
  isChildTokenNewest,
  isSessionAlive,
  isSessionOfClient,
  rotateTokenParams,
} from './refresh-token-statement-parts.ts'

/**
 * Exchanges the refresh token of a session for its child, after `endExpiredOrReusedSession` in the same commit. A parent that is answered
 * again changes nothing. No row: the session is over, or it is another client's.
 */
export const refreshSession = useCase(
  'refresh_session',
  { ...rotateTokenParams, currency: sqlType.text },
  (p) => [
    db
      .update(sessionTable)
      .set({ refreshHash: p.nextHash, rotatedAt: p.now, lastUsedAt: p.now })
      .where(and(isSessionOfClient(p), eq(sessionTable.refreshHash, p.hash), isSessionAlive(p))),
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
      .where(isChildTokenNewest(p)),
  ],
)
