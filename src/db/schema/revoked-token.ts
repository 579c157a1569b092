import { index, pgTable, primaryKey } from 'drizzle-orm/pg-core'
import { bytewiseText, moment, tenant } from '../column.ts'

/** The access token of a client that was revoked before it expired. A shopper's ends with its session, and is not here. */
export const revokedTokenTable = pgTable(
  'revoked_token',
  {
    tenant: tenant(),
    /** The claim `jti`. */
    id: bytewiseText().notNull(),
    /** When it would have expired: it need not be known for longer. */
    expiresAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ name: 'revoked_token_pkey', columns: [table.tenant, table.id] }),
    index('revoked_token_by_expiry').on(table.expiresAt),
  ],
)
