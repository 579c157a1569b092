import { and, eq, gt, notExists, type SQL, sql } from 'drizzle-orm'
import { customerTable, sessionTokenTable, signedOutTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick } from '#db/statement-builders'
import { useCase, type ValuesOf } from '#db/use-case'
import {
  insertSession,
  newSessionParams,
  selectCustomerIdsWhere,
  unboundSessionValues,
} from '#query/session'
import { insertProviderToken } from './provider-token.ts'

/** The customer and the session of an access token of the provider. */
export const findSessionByProviderToken = useCase(
  'find_session_by_provider_token',
  pick(sessionTokenTable, 'tenant', 'hash'),
  (p) => [db.select(bearer).from(sessionTokenTable).where(isToken(p))],
)

const bearer = pick(sessionTokenTable, 'customerId', 'sessionId')

const isToken = (p: { readonly tenant: string; readonly hash: string }) =>
  and(eq(sessionTokenTable.tenant, p.tenant), eq(sessionTokenTable.hash, p.hash))

const params = {
  ...newSessionParams,
  ...pick(sessionTokenTable, 'hash', 'issuedAt'),
  /** Issuer and subject. */
  identity: sqlType.text,
  /** The statuses of customers who may log in. */
  statuses: sqlType.texts,
}
type Params = ValuesOf<typeof params>

/** Whether the customer has the identity. E-mail addresses are not compared. */
const isLinked = (p: Params): SQL | undefined =>
  and(
    eq(customerTable.tenant, p.tenant),
    sql`${customerTable.passwordHash} like '$hanzo$%'`,
    sql`split_part(${customerTable.passwordHash}, '$', 3) = ${p.identity}`,
  )

const isUnknown = (p: Params): SQL =>
  notExists(db.select(bearer).from(sessionTokenTable).where(isToken(p)))

const hasSignedOut = (p: Params) =>
  db
    .select({ at: signedOutTable.at })
    .from(signedOutTable)
    .where(
      and(
        eq(signedOutTable.tenant, p.tenant),
        eq(signedOutTable.customerId, customerTable.id),
        gt(signedOutTable.at, p.issuedAt),
      ),
    )

/**
 * The session of an access token of the provider. If the token was issued with a session, that session is found. Another token opens a session once: its identity needs an account that may log in, and no session of the account may have ended since the token was issued. Answers with
 * the session, if there is one, and whether the identity has an account.
 */
export const openSessionByProviderToken = useCase('open_session_by_provider_token', params, (p) => [
  selectCustomerIdsWhere(and(isLinked(p), isUnknown(p))).for('no key update'),
  insertSession(
    { ...p, ...unboundSessionValues },
    and(
      isLinked(p),
      isUnknown(p),
      sql`${customerTable.status} = any(${p.statuses})`,
      notExists(hasSignedOut(p)),
    ),
  ),
  insertProviderToken({ ...p, sessionId: p.id }),
  db
    .select({
      session: bearer,
      isLinked: sqlType.flag(sql`(${customerTable.id} is not null)`),
    })
    .from(sql`(select) asked`)
    .leftJoin(sessionTokenTable, isToken(p))
    .leftJoin(customerTable, isLinked(p)),
])
