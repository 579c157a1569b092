import { and, eq, isNotNull, type SQL, sql } from 'drizzle-orm'
import { customerTable, sessionTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db } from '#db/statement-builders'
import { useCase, type ValuesOf } from '#db/use-case'
import { customerRecipient, enqueueMail, letterColumns, mailParams } from '#query/mail'
import { appendEvent, appendEventParams, nextSequenceAndVersion } from '#query/outbox'
import {
  isRefreshTokenGood,
  isSessionAlive,
  isSessionOfClient,
  type RotateTokenValues,
  rotateTokenParams,
} from './refresh-token-statement-parts.ts'

const params = { ...rotateTokenParams, ...appendEventParams, ...mailParams }
type Params = ValuesOf<typeof params>

/** Whether a spent token was used for a living session. The service cannot tell a thief from the owner. */
const isReused = (p: RotateTokenValues) =>
  and(isSessionOfClient(p), isSessionAlive(p), isNot(isRefreshTokenGood(p)))

const isNot = (condition: SQL | undefined) => sql`(${condition}) is not true`

const itsCustomer = (p: Params) =>
  and(
    eq(customerTable.tenant, p.tenant),
    eq(
      customerTable.id,
      sql`(${db.select({ id: sessionTable.customerId }).from(sessionTable).where(isReused(p))})`,
    ),
  )

/**
 * Ends a session that is over, or whose spent token came back. For a spent token, it appends an event and mails the owner if the address is proven. It locks the session first, so that the second of two concurrent uses sees what the first has done.
 */
export const endExpiredOrReusedSession = useCase('end_expired_or_reused_session', params, (p) => [
  db.select({ id: sessionTable.id }).from(sessionTable).where(isSessionOfClient(p)).for('update'),
  appendEvent(
    p,
    db
      .update(customerTable)
      .set({ sequence: nextSequenceAndVersion.sequence })
      .where(itsCustomer(p))
      .returning(),
    () => ({ type: 'customer.session_reused', data: { sessionId: sql`${p.id}` } }),
  ),
  enqueueMail(
    p,
    db
      .select(
        letterColumns({
          template: 'session_reused',
          ...customerRecipient,
        }),
      )
      .from(customerTable)
      .where(and(itsCustomer(p), isNotNull(customerTable.emailVerifiedAt))),
  ),
  db
    .delete(sessionTable)
    .where(and(isSessionOfClient(p), isNot(and(isSessionAlive(p), isRefreshTokenGood(p)))))
    .returning({
      id: sessionTable.id,
      customerId: sessionTable.customerId,
      clientId: sessionTable.clientId,
      sealed: sessionTable.providerRefresh,
      isReused: sqlType.flag(sql`(${and(isSessionAlive(p), isNot(isRefreshTokenGood(p)))})`),
    }),
])
