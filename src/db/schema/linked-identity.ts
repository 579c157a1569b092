import { index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { bytewiseText, createdAtColumn, moment, tenant } from '../column.ts'

/**
 * An identity at an upstream provider by which the owner of an account logs in. That of Hanzo ID stands in `customer.password_hash`. The trigger
 * `end_access` of `customer` deletes it when the account can no longer log in.
 */
export const linkedIdentityTable = pgTable(
  'linked_identity',
  {
    tenant: tenant(),
    /** SHA-256 of issuer and subject. */
    identity: bytewiseText().notNull(),
    customerId: bytewiseText().notNull(),
    /** The provider's name in the settings when it was linked. */
    provider: text().notNull(),
    ...createdAtColumn(),
    lastUsedAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ name: 'linked_identity_pkey', columns: [table.tenant, table.identity] }),
    index('linked_identity_of_customer').on(table.tenant, table.customerId, table.lastUsedAt),
  ],
)
