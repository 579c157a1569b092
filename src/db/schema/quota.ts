import { sql } from 'drizzle-orm'
import { boolean, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { moment, tenant } from '../column.ts'

export const quotaAlarmNames = ['mails_to_domain', 'mails_of_tenant'] as const

/** Counts, per time window, of mails and rows that strangers can cause. */
export const quotaTable = pgTable(
  'quota',
  {
    tenant: tenant(),
    /** A keyed hash: no address that is not a customer's is stored. */
    key: text().notNull(),
    since: moment().notNull(),
    count: integer().notNull(),
    lastAt: moment().notNull(),
    /** What an event says when the count reaches its bound; null: nothing. */
    alarm: text({ enum: quotaAlarmNames }),
    /** The bound was reached, and no event has said so. */
    isUntold: boolean().notNull().default(false),
  },
  (table) => [
    primaryKey({ name: 'quota_pkey', columns: [table.tenant, table.key] }),
    index('quota_by_age').on(table.lastAt),
    index('quota_untold').on(table.tenant).where(sql`is_untold`),
  ],
)
