import { index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { moment, tenant } from '../column.ts'

/**
 * A proof that can be used once, and was: the challenge of a passkey, or the assertion of a client. It is stored by the commit that it
 * allows, so unused ones cost nothing.
 */
export const spentProofTable = pgTable(
  'spent_proof',
  {
    tenant: tenant(),
    /** SHA-256 of the proof and of its purpose. */
    hash: text().notNull(),
    /** When it would have expired: it need not be known for longer. */
    expiresAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ name: 'spent_proof_pkey', columns: [table.tenant, table.hash] }),
    index('spent_proof_by_expiry').on(table.expiresAt),
  ],
)
