import { index, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core'
import { bytewiseText, createdAtColumn, moment, tenant } from '../column.ts'

/**
 * live: a link to it is in the inbox. unsent: no mail with its link was sent, so it proves nothing yet. void: the address was proven by
 * another way, or newer attempts took its place. A login with the password of any attempt gets the same answer, so a stranger's own attempt reveals nothing about the others.
 */
export const attemptStates = ['live', 'unsent', 'void'] as const

/** An attempt to register in a storefront. It reserves no address and is no account until the inbox is proven. */
export const attemptTable = pgTable(
  'attempt',
  {
    tenant: tenant(),
    id: bytewiseText().notNull(),
    email: text().notNull(),
    emailKey: bytewiseText().notNull(),
    /** All attempts of one address share a salt, so that a login compares with all of them by one hash. */
    passwordHash: text(),
    firstName: text(),
    lastName: text(),
    phone: text(),
    locale: text(),
    metadata: jsonb().$type<Record<string, string>>().notNull().default({}),
    ...createdAtColumn(),
    expiresAt: moment().notNull(),
    state: text({ enum: attemptStates }).notNull().default('live'),
    /** The place of the caller as a keyed hash; null: it has none. */
    place: text(),
  },
  (table) => [
    primaryKey({ name: 'attempt_pkey', columns: [table.tenant, table.id] }),
    // A repeat with the same password is the same attempt.
    unique('attempt_one_per_password')
      .on(table.tenant, table.emailKey, table.passwordHash)
      .nullsNotDistinct(),
    index('attempt_by_expiry').on(table.expiresAt),
  ],
)
