import { index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
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
