import { bigint, boolean, index, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { bytewiseText, createdAtColumn, moment, tenant } from '../column.ts'

export const deviceTypes = ['singleDevice', 'multiDevice'] as const

/**
 * A passkey of an account: a public key, whose private half an authenticator keeps (WebAuthn). It goes when the account has no login any
 * more: the trigger end_access of `customer` sees to it.
 */
export const passkeyTable = pgTable(
  'passkey',
  {
    tenant: tenant(),
    id: bytewiseText().notNull(),
    customerId: bytewiseText().notNull(),
    /** The authenticator's name for it, base64url. */
    credentialId: bytewiseText().notNull(),
    /** COSE, base64url. */
    publicKey: text().notNull(),
    /** How often it was used, as the authenticator says. Many always say 0. */
    counter: bigint({ mode: 'number' }).notNull(),
    /** How a browser reaches the authenticator, as it says itself: unproven. */
    transports: text().array().notNull(),
    /** Whether it can be on several devices. */
    deviceType: text({ enum: deviceTypes }).notNull(),
    /** Whether it was on several devices, or in a backup, when it was last used. */
    backedUp: boolean().notNull(),
    /** The domain that it belongs to. */
    rpId: text().notNull(),
    /** The model of the authenticator, as it says itself: unproven. */
    aaguid: text().notNull(),
    /** The account's name for authenticators, the same for all of its passkeys, base64url. */
    userHandle: text().notNull(),
    name: text().notNull(),
    ...createdAtColumn(),
    /** The last login with it; null: none yet. */
    lastUsedAt: moment(),
  },
  (table) => [
    primaryKey({ name: 'passkey_pkey', columns: [table.tenant, table.id] }),
    uniqueIndex('passkey_registered_once').on(table.tenant, table.credentialId),
    index('passkey_of_customer').on(table.tenant, table.customerId, table.id),
  ],
)
