import { bigint, boolean, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { bytewiseText, moment, tenant } from '../column.ts'
import { customerStatuses, isListedColumn } from './customer.ts'

/**
 * What lists sort and filter customers by: one row for each customer that is not deleted, with the names and types of the customer's
 * own columns. The wide indexes of lists are here, so that an order or a membership, which changes several of them, leaves the
 * customer's row without a new index entry. The trigger write_list_entry keeps it; the view `entry_of_customer` (in `beyond.sql`) says
 * what it has to be. The primary key and the indexes are in `beyond.sql`.
 */
export const listEntryTable = pgTable('list_entry', {
  tenant: tenant(),
  id: bytewiseText().notNull(),
  status: text({ enum: customerStatuses }).notNull(),
  listed: isListedColumn(),
  orderCount: integer().notNull(),
  totalSpent: bigint({ mode: 'number' }).notNull(),
  lastOrderKey: moment().notNull(),
  updatedAt: moment().notNull(),
  /** Null: more than an index entry has room for. Memberships are looked up then. */
  groupKeys: text().array(),
  emailVerified: boolean().notNull(),
})
