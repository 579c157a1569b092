import { and, eq, type SQL, sql } from 'drizzle-orm'
import { sessionTable, sessionTokenTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, insertFrom, pick } from '#db/statement-builders'
import { noAnswer, useCase, type ValuesOf } from '#db/use-case'

/** An access token that the provider issued for a session. */
const providerToken = pick(
  sessionTokenTable,
  'tenant',
  'hash',
  'sessionId',
  'issuedAt',
  'expiresAt',
)
type ProviderToken = ValuesOf<typeof providerToken>

const isItsSession = (p: Pick<ProviderToken, 'tenant' | 'sessionId'>): SQL | undefined =>
  and(eq(sessionTable.tenant, p.tenant), eq(sessionTable.id, p.sessionId))

/** Stores an access token with its session, if there is such a session. */
export const insertProviderToken = (p: ProviderToken) =>
  insertFrom(
    sessionTokenTable,
    { ...p, sessionId: sessionTable.id, customerId: sessionTable.customerId },
    sql`from ${sessionTable} where ${isItsSession(p)}`,
  ).onConflictDoNothing()

/**
 * Stores the tokens of the provider with their session, and ends its lease. The refresh token is sealed; null: the present one stays.
 */
export const storeProviderTokens = useCase(
  'store_provider_tokens',
  { ...providerToken, sealed: sqlType.orNull(sqlType.text) },
  (p) => [
    insertProviderToken(p),
    db
      .update(sessionTable)
      .set({
        providerRefresh: sql`coalesce(${p.sealed}, ${sessionTable.providerRefresh})`,
        renewingUntil: null,
      })
      .where(isItsSession(p)),
    noAnswer,
  ],
)
