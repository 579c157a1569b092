import { and, eq, gt, notExists, type SQL, sql } from 'drizzle-orm'
import { db, pick } from '#db/builder'
import { kind } from '#db/kind'
import { customerTable, sessionTokenTable, signedOutTable } from '#db/schema'
import { useCase, type ValuesOf } from '#db/use-case'
import { customers, insertSession, newSession, unbound } from '#query/session'
import { insertProviderToken } from './provider-token.ts'

/** The customer and the session of an access token of the provider. */
export const findBearer = useCase('find_bearer', pick(sessionTokenTable, 'tenant', 'hash'), (p) => [
  db.select(bearer).from(sessionTokenTable).where(isToken(p)),
])

const bearer = pick(sessionTokenTable, 'customerId', 'sessionId')

const isToken = (p: { readonly tenant: string; readonly hash: string }) =>
  and(eq(sessionTokenTable.tenant, p.tenant), eq(sessionTokenTable.hash, p.hash))

const params = {
  ...newSession,
  ...pick(sessionTokenTable, 'hash', 'issuedAt'),
  /** Issuer and subject. */
  identity: kind.text,
  /** The statuses of customers who may log in. */
  statuses: kind.texts,
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
 * The session of an access token of the provider. A token that came with a session belongs to it. Another token opens a session once,
 * if its identity has an account that may log in, and if no session of the account has ended since the token was issued. Answers with
 * the session, if there is one, and whether the identity has an account.
 */
export const openByToken = useCase('open_by_token', params, (p) => [
  customers(and(isLinked(p), isUnknown(p))).for('no key update'),
  insertSession(
    { ...p, ...unbound },
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
      isLinked: kind.flag(sql`(${customerTable.id} is not null)`),
    })
    .from(sql`(select) asked`)
    .leftJoin(sessionTokenTable, isToken(p))
    .leftJoin(customerTable, isLinked(p)),
])
