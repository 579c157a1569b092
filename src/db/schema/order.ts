import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  foreignKey,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { bytewiseText, createdAtColumn, moment, tenant } from '../column.ts'
import { customerTable } from './customer.ts'

export const orderStates = ['paid', 'canceled'] as const

/** The newest known state of every order. The counters of a customer are sums over its rows here. */
export const orderTable = pgTable(
  'order',
  {
    tenant: tenant(),
    /** The shop's own id. */
    id: bytewiseText().notNull(),
    customerId: bytewiseText().notNull(),
    currency: text().notNull(),
    /** In minor units. */
    gross: bigint({ mode: 'number' }).notNull(),
    refunded: bigint({ mode: 'number' }).notNull(),
    state: text({ enum: orderStates }).notNull(),
    placedAt: moment().notNull(),
    /** The shop's own version: a newer one wins. */
    version: bigint({ mode: 'number' }).notNull(),
    ...createdAtColumn(),
    updatedAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ name: 'order_pkey', columns: [table.tenant, table.id] }),
    uniqueIndex('order_of_customer').on(table.tenant, table.customerId, table.placedAt, table.id),
    check('order_state_known', sql`state in ('paid', 'canceled')`),
    check('order_refunds_what_was_paid', sql`refunded between 0 and gross`),
    foreignKey({
      name: 'order_has_customer',
      columns: [table.tenant, table.customerId],
      foreignColumns: [customerTable.tenant, customerTable.id],
    }),
  ],
)
