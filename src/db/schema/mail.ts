import { sql } from 'drizzle-orm'
import { index, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { created, key, moment, tenant } from '../column.ts'

/** A mail that is still to be sent; gone when it is. */
export const mailTable = pgTable(
  'mail',
  {
    tenant: tenant(),
    id: key().notNull(),
    template: text().notNull(),
    /** As the address is stored; null for the mail that is written for an unknown address and sent to nobody. */
    recipient: text(),
    locale: text(),
    customerId: key(),
    tokenId: key(),
    ...created(),
  },
  (table) => [
    primaryKey({ name: 'mail_pkey', columns: [table.tenant, table.id] }),
    index('mail_of_customer').on(table.tenant, table.customerId),
    index('mail_by_age').on(table.createdAt),
  ],
)

export const purposes = ['verify', 'reset', 'confirm', 'undo'] as const
export type Purpose = (typeof purposes)[number]

/** What a link in a mail may do, once. */
export const mailTokenTable = pgTable(
  'mail_token',
  {
    tenant: tenant(),
    id: key().notNull(),
    purpose: text({ enum: purposes }).notNull(),
    /** The customer or the attempt; the token's own id when it is nobody's. */
    subject: key().notNull(),
    /** The e-mail change it confirms or undoes. */
    changeId: key(),
    /** The address that it proves; when the subject has another by now, it proves nothing. */
    emailKey: key().notNull(),
    /** SHA-256 of the secret. */
    hash: text().notNull(),
    ...created(),
    expiresAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ name: 'mail_token_pkey', columns: [table.tenant, table.id] }),
    uniqueIndex('mail_token_newest_counts')
      .on(table.tenant, table.purpose, table.subject)
      .where(sql`purpose <> 'undo'`),
    index('mail_token_of_subject').on(table.tenant, table.subject),
    index('mail_token_by_expiry').on(table.expiresAt),
  ],
)

/** How many mails strangers have asked for to one address. */
export const mailQuotaTable = pgTable(
  'mail_quota',
  {
    tenant: tenant(),
    /** Of the address, keyed: an address that is not a customer's is not kept. */
    key: text().notNull(),
    since: moment().notNull(),
    count: integer().notNull(),
    lastAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ name: 'mail_quota_pkey', columns: [table.tenant, table.key] }),
    index('mail_quota_by_age').on(table.lastAt),
  ],
)
