import { sql } from 'drizzle-orm'
import { boolean, foreignKey, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { bytewiseText, createdAtColumn, moment, tenant } from '../column.ts'

/** The session of a shopper. Its end deletes the row, and voids its refresh token and its access tokens. */
export const sessionTable = pgTable(
  'session',
  {
    tenant: tenant(),
    id: bytewiseText().notNull(),
    customerId: bytewiseText().notNull(),
    /** The client that opened it. */
    clientId: text().notNull(),
    /** SHA-256 of the newest refresh token. Every other refresh token of this session has been used. */
    refreshHash: text().notNull(),
    /**
     * When the shopper last proved who it is: by a password, a link, a code or a passkey. Null: a service, or a token of another issuer,
     * opened the session.
     */
    provenAt: moment(),
    /** Whether the client must authenticate to refresh it: a confidential client got the session for a code (RFC 6749, 6). */
    isBound: boolean().default(false).notNull(),
    /** When the newest refresh token replaced its parent; null while it is the first. */
    rotatedAt: moment(),
    /** The sealed refresh token of another issuer of the access tokens. It is sent to nobody but that issuer. */
    providerRefresh: text(),
    /** The time until which one worker has that token, which can be used once; null when no worker has it. */
    renewingUntil: moment(),
    userAgent: text(),
    /** IP address. */
    address: text(),
    ...createdAtColumn(),
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
 * The session of an access token that was issued elsewhere, and so cannot name its session.
 * Trigger (in `trigger/`): note_sign_out (session_token_signs_out).
 */
export const sessionTokenTable = pgTable(
  'session_token',
  {
    tenant: tenant(),
    /** SHA-256 of the token. */
    hash: text().notNull(),
    sessionId: bytewiseText().notNull(),
    customerId: bytewiseText().notNull(),
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

/** The last end of a session of a customer: an older token of another issuer opens no new session. */
export const signedOutTable = pgTable(
  'signed_out',
  {
    tenant: tenant(),
    customerId: bytewiseText().notNull(),
    at: moment().notNull(),
  },
  (table) => [
    primaryKey({ name: 'signed_out_pkey', columns: [table.tenant, table.customerId] }),
    index('signed_out_by_age').on(table.at),
  ],
)

export const failureAlarmNames = [
  'failed_logins_of_account',
  'failed_logins_of_client',
  'wrong_secrets_of_client',
  'wrong_codes_of_tenant',
] as const

/** The recent failures of password checks and of client secrets, for an account, a place, a client, or two of them. */
export const failureTable = pgTable(
  'failure',
  {
    tenant: tenant(),
    /** A keyed hash, so that it reveals neither an e-mail address nor an IP address. */
    key: text().notNull(),
    /** The customer of the account, if there is one: the failures are deleted when its owner proves the password. */
    customerId: bytewiseText(),
    count: integer().notNull(),
    lastAt: moment().notNull(),
    blockedUntil: moment().notNull(),
    /** What an event says when the count reaches its bound; null: nothing. */
    alarm: text({ enum: failureAlarmNames }),
    /** The client whose count it is; null for another count. */
    clientId: text(),
    /** The bound was reached, and no event has said so. */
    isUntold: boolean().notNull().default(false),
  },
  (table) => [
    primaryKey({ name: 'failure_pkey', columns: [table.tenant, table.key] }),
    index('failure_of_customer').on(table.tenant, table.customerId),
    index('failure_untold').on(table.tenant).where(sql`is_untold`),
    index('failure_by_age').on(table.lastAt),
  ],
)
