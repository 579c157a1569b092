import { sql } from 'drizzle-orm'
import { index, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { bytewiseText, createdAtColumn, moment, tenant } from '../column.ts'

/** A mail that is still to be sent; the row is deleted afterwards. */
export const mailTable = pgTable(
  'mail',
  {
    tenant: tenant(),
    id: bytewiseText().notNull(),
    template: text().notNull(),
    /** The stored address; null for the mail of an unknown address, which is never sent. */
    recipient: text(),
    locale: text(),
    customerId: bytewiseText(),
    tokenId: bytewiseText(),
    /** The provider of logins that it tells of, by its name in the settings. */
    provider: text(),
    ...createdAtColumn(),
  },
  (table) => [
    primaryKey({ name: 'mail_pkey', columns: [table.tenant, table.id] }),
    index('mail_of_customer').on(table.tenant, table.customerId),
    index('mail_by_age').on(table.createdAt),
  ],
)

export const mailTokenPurposes = [
  'verify',
  'reset',
  'invite',
  'confirm',
  'consent',
  'login_code',
  'login_link',
  'undo',
] as const
export type MailTokenPurpose = (typeof mailTokenPurposes)[number]

/** A link or a code in a mail, which can be spent once. */
export const mailTokenTable = pgTable(
  'mail_token',
  {
    tenant: tenant(),
    id: bytewiseText().notNull(),
    purpose: text({ enum: mailTokenPurposes }).notNull(),
    /** The customer, the attempt, or the handle of a login; the token's own id when there is none. */
    subject: bytewiseText().notNull(),
    /** The e-mail change that it confirms or undoes. */
    changeId: bytewiseText(),
    /** The address that it proves. It is void if the subject has another address by now. */
    emailKey: bytewiseText().notNull(),
    /** SHA-256 of the secret; of a code, which can be guessed, a keyed hash. */
    hash: text().notNull(),
    ...createdAtColumn(),
    expiresAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ name: 'mail_token_pkey', columns: [table.tenant, table.id] }),
    uniqueIndex('mail_token_newest_counts')
      .on(table.tenant, table.purpose, table.subject)
      .where(sql`purpose not in ('undo', 'login_code', 'login_link')`),
    index('mail_token_of_subject').on(table.tenant, table.subject),
    index('mail_token_of_address').on(table.tenant, table.emailKey),
    index('mail_token_by_expiry').on(table.expiresAt),
  ],
)
