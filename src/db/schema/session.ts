import { foreignKey, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { created, key, moment, tenant } from '../column.ts'

/** A shopper who is logged in somewhere. Ending it is deleting it: its refresh token and its access tokens are no good then. */
export const sessionTable = pgTable(
  'session',
  {
    tenant: tenant(),
    id: key().notNull(),
    customerId: key().notNull(),
    /** The client it was opened through. */
    clientId: text().notNull(),
    /** SHA-256 of the newest refresh token. Any other that we made for this session was used before. */
    refreshHash: text().notNull(),
    /** Sealed: the refresh token of whoever issues the access tokens, if that is not us. It never leaves this service. */
    providerRefresh: text(),
    userAgent: text(),
    /** IP address. */
    address: text(),
    ...created(),
    lastUsedAt: moment().notNull(),
    expiresAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ name: 'session_pkey', columns: [table.tenant, table.id] }),
    index('session_of_customer').on(table.tenant, table.customerId, table.createdAt),
    index('session_by_expiry').on(table.expiresAt),
  ],
)

/**
 * Which session an access token belongs to that was issued elsewhere and so cannot say it.
 * Trigger (in `trigger/`): note_sign_out (session_token_signs_out).
 */
export const sessionTokenTable = pgTable(
  'session_token',
  {
    tenant: tenant(),
    /** SHA-256 of the token. */
    hash: text().notNull(),
    sessionId: key().notNull(),
    customerId: key().notNull(),
    issuedAt: moment().notNull(),
    expiresAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ name: 'session_token_pkey', columns: [table.tenant, table.hash] }),
    foreignKey({
      name: 'session_token_ends_with_session',
      columns: [table.tenant, table.sessionId],
      foreignColumns: [sessionTable.tenant, sessionTable.id],
    }).onDelete('cascade'),
    index('session_token_of_session').on(table.tenant, table.sessionId),
    index('session_token_by_expiry').on(table.expiresAt),
  ],
)

/** When a session of a customer last ended: a token that was issued elsewhere before then opens no new one. */
export const signedOutTable = pgTable(
  'signed_out',
  {
    tenant: tenant(),
    customerId: key().notNull(),
    at: moment().notNull(),
  },
  (table) => [
    primaryKey({ name: 'signed_out_pkey', columns: [table.tenant, table.customerId] }),
    index('signed_out_by_age').on(table.at),
  ],
)

/** How often proving a password failed of late, for one account or from one address of the network. */
export const failureTable = pgTable(
  'failure',
  {
    tenant: tenant(),
    /** Keyed, so that it tells neither an e-mail address nor an IP address. */
    key: text().notNull(),
    /** Whose account it is, if anyone's: when its owner proves who they are, the failures are forgotten. */
    customerId: key(),
    count: integer().notNull(),
    lastAt: moment().notNull(),
    blockedUntil: moment().notNull(),
  },
  (table) => [
    primaryKey({ name: 'failure_pkey', columns: [table.tenant, table.key] }),
    index('failure_of_customer').on(table.tenant, table.customerId),
    index('failure_by_age').on(table.lastAt),
  ],
)
