import { jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { createdAtColumn, moment } from '../column.ts'

/** The embedded issuer's keys (ES256). The private half is encrypted with the master secret. */
export const signingKeyTable = pgTable('signing_key', {
  id: text().primaryKey(),
  publicJwk: jsonb().$type<Record<string, string>>().notNull(),
  privateKey: text().notNull(),
  /** The key signs from this time on. It is published before, so that every cache knows it in time. */
  signsFrom: moment().notNull(),
  ...createdAtColumn(),
  /** The key verifies until this time. */
  expiresAt: moment().notNull(),
})
