import { sql } from 'drizzle-orm'
import { index, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { bytewiseText, createdAtColumn, moment, tenant } from '../column.ts'

/** A customer's move to another address: requested, then confirmed from there. Until `undoUntil` the old address can undo it. */
export const emailChangeTable = pgTable(
  'email_change',
  {
    tenant: tenant(),
    id: bytewiseText().notNull(),
    customerId: bytewiseText().notNull(),
    oldEmail: text().notNull(),
    oldEmailKey: bytewiseText().notNull(),
    newEmail: text().notNull(),
    newEmailKey: bytewiseText().notNull(),
    ...createdAtColumn(),
    confirmedAt: moment(),
    undoUntil: moment(),
  },
  (table) => [
    primaryKey({ name: 'email_change_pkey', columns: [table.tenant, table.id] }),
    uniqueIndex('email_change_one_pending')
      .on(table.tenant, table.customerId)
      .where(sql`confirmed_at is null`),
    index('email_change_of_customer').on(table.tenant, table.customerId),
    index('email_change_reserves').on(table.tenant, table.oldEmailKey),
    index('email_change_by_age').on(table.createdAt),
  ],
)
