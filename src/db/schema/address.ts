import { boolean, foreignKey, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { created, key, moment, tenant, versioned } from '../column.ts'
import { customerTable } from './customer.ts'

/**
 * Trigger (in `trigger/`): check_default_addresses (customer_has_default_addresses, customer_has_default_addresses_still).
 */
export const addressTable = pgTable(
  'address',
  {
    tenant: tenant(),
    id: key().notNull(),
    customerId: key().notNull(),
    label: text(),
    firstName: text(),
    lastName: text(),
    company: text(),
    line1: text().notNull(),
    line2: text(),
    city: text(),
    state: text(),
    postalCode: text(),
    country: text().notNull(),
    phone: text(),
    /** The normalised address; equal for what a postman would call the same. */
    sameness: text().notNull(),
    /** Written by someone who had not proven who they are: never made a default of an account. */
    unproven: boolean().notNull().default(false),
    ...versioned(),
    ...created(),
    updatedAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ name: 'address_pkey', columns: [table.tenant, table.id] }),
    uniqueIndex('address_stored_once').on(table.tenant, table.customerId, table.sameness),
    // The defaults of a customer point here, so they can only be addresses of its own.
    uniqueIndex('address_of_customer').on(table.tenant, table.customerId, table.id),
    foreignKey({
      name: 'address_has_customer',
      columns: [table.tenant, table.customerId],
      foreignColumns: [customerTable.tenant, customerTable.id],
    }),
  ],
)
