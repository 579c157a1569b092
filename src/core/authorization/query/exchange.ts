import { and, eq, exists, gt, isNull, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { db, pick } from '#db/builder'
import { kind } from '#db/kind'
import { authorizationCodeTable, customerTable, sessionTable } from '#db/schema'
import { useCase, type ValuesOf } from '#db/use-case'
import { customers, insertSession, newSession, openedSession } from '#query/session'

/** What belongs to the login on the page: who exchanges the code may be a server. */
const { provenAt: _, userAgent: __, address: ___, ...session } = newSession

const params = {
  ...session,
  ...pick(authorizationCodeTable, 'hash', 'redirectUri', 'challenge'),
  isBound: sessionTable.isBound,
  /** The statuses of customers who may log in. */
  statuses: kind.texts,
  currency: kind.text,
}
type Params = ValuesOf<typeof params>

/** The code, of this client. Another client's code is none. */
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
 * is not good. The customer is locked first, as in every change that ends its sessions: such a change takes the code along.
 */
export const exchangeCode = useCase('exchange_code', params, (p) => {
  const owner = (which: ReturnType<typeof and>) =>
    and(
      eq(customerTable.tenant, p.tenant),
      eq(customerTable.id, of(authorizationCodeTable.customerId, which)),
    )
  const own = and(eq(sessionTable.tenant, p.tenant), eq(sessionTable.id, p.id))
  return [
    customers(owner(isTheCode(p))).for('share'),
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
        provenAt: kind.moment(of(authorizationCodeTable.provenAt, isTheCode(p))),
        userAgent: kind.text(of(authorizationCodeTable.userAgent, isTheCode(p))),
        address: kind.text(of(authorizationCodeTable.address, isTheCode(p))),
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
