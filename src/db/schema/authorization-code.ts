import { index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { bytewiseText, createdAtColumn, moment, tenant } from '../column.ts'

/**
 * The code that a login on the page gave a client, which exchanges it for a session. A used code is kept for a while, so that a second use is detected. The function end_intentions deletes unused ones: a code does not outlive a reset between the login and the exchange.
 */
export const authorizationCodeTable = pgTable(
  'authorization_code',
  {
    tenant: tenant(),
    /** SHA-256 of the code. */
    hash: text().notNull(),
    clientId: text().notNull(),
    redirectUri: text().notNull(),
    /** SHA-256 of the verifier that the client has kept (RFC 7636). */
    challenge: text().notNull(),
    customerId: bytewiseText().notNull(),
    /** When the shopper proved on the page who it is. */
    provenAt: moment().notNull(),
    /** The browser that showed the page. The code itself may be exchanged by a server. */
    userAgent: text(),
    /** IP address. */
    address: text(),
    /** The tokens of the provider at which the shopper logged in, sealed, if it opens this tenant's sessions. */
    providerTokens: text(),
    /** The session for which it was exchanged; null while it is unused. */
    sessionId: bytewiseText(),
    ...createdAtColumn(),
    expiresAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ name: 'authorization_code_pkey', columns: [table.tenant, table.hash] }),
    index('authorization_code_of_customer').on(table.tenant, table.customerId),
    index('authorization_code_by_expiry').on(table.expiresAt),
  ],
)
