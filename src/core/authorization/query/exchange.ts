import { and, eq, exists, gt, isNull, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { authorizationCodeTable, customerTable, sessionTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick } from '#db/statement-builders'
import { useCase, type ValuesOf } from '#db/use-case'
import {
  insertSession,
  newSessionParams,
  openedSession,
  selectCustomerIdsWhere,
} from '#query/session'

/** Time, browser and address come from the login on the page, because a server may exchange the code. */
const { provenAt: _, userAgent: __, address: ___, ...session } = newSessionParams

const params = {
  ...session,
  ...pick(authorizationCodeTable, 'hash', 'redirectUri', 'challenge'),
  isBound: sessionTable.isBound,
  /** The statuses of customers who may log in. */
  statuses: sqlType.texts,
  currency: sqlType.text,
}
type Params = ValuesOf<typeof params>

/** Whether the row is the code, issued to this client. */
const isTheCode = (p: Params) =>
  and(
    eq(authorizationCodeTable.tenant, p.tenant),
    eq(authorizationCodeTable.hash, p.hash),
    eq(authorizationCodeTable.clientId, p.clientId),
  )

const isGood = (p: Params) =>
  and(
    isTheCode(p),
    eq(authorizationCodeTable.redirectUri, p.redirectUri),
    eq(authorizationCodeTable.challenge, p.challenge),
    isNull(authorizationCodeTable.sessionId),
    gt(authorizationCodeTable.expiresAt, p.now),
  )

const of = (column: PgColumn, which: ReturnType<typeof and>) =>
  sql`(${db.select({ value: column }).from(authorizationCodeTable).where(which)})`

/**
 * Exchanges a code for a session, and answers with it. The second use of a code ends the session that the first one gave. No row: the code
 * is not good. The customer is locked first, as in every change that ends its sessions. Such a change also deletes the code.
 */
export const exchangeCode = useCase('exchange_code', params, (p) => {
  const owner = (which: ReturnType<typeof and>) =>
    and(
      eq(customerTable.tenant, p.tenant),
      eq(customerTable.id, of(authorizationCodeTable.customerId, which)),
    )
  const own = and(eq(sessionTable.tenant, p.tenant), eq(sessionTable.id, p.id))
  return [
    selectCustomerIdsWhere(owner(isTheCode(p))).for('share'),
    db
      .select(pick(authorizationCodeTable, 'hash'))
      .from(authorizationCodeTable)
      .where(isTheCode(p))
      .for('update'),
    db
      .delete(sessionTable)
      .where(
        and(
          eq(sessionTable.tenant, p.tenant),
          eq(sessionTable.id, of(authorizationCodeTable.sessionId, isTheCode(p))),
        ),
      ),
    insertSession(
      {
        ...p,
        provenAt: sqlType.moment(of(authorizationCodeTable.provenAt, isTheCode(p))),
        userAgent: sqlType.text(of(authorizationCodeTable.userAgent, isTheCode(p))),
        address: sqlType.text(of(authorizationCodeTable.address, isTheCode(p))),
      },
      and(owner(isGood(p)), sql`${customerTable.status} = any(${p.statuses})`),
    ),
    db
      .update(authorizationCodeTable)
      .set({ sessionId: p.id })
      .where(
        and(isGood(p), exists(db.select({ id: sessionTable.id }).from(sessionTable).where(own))),
      ),
    openedSession(p),
  ]
})
