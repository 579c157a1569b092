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
    /** The fingerprint, equal for addresses that are the same to a postman. */
    sameness: text().notNull(),
    /** Written without proof of identity: it never becomes a default of an account. */
    unproven: boolean().notNull().default(false),
    ...versioned(),
    ...created(),
    updatedAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ name: 'address_pkey', columns: [table.tenant, table.id] }),
    uniqueIndex('address_stored_once').on(table.tenant, table.customerId, table.sameness),
    // The defaults of a customer refer to this index, so that they are its own addresses.
    uniqueIndex('address_of_customer').on(table.tenant, table.customerId, table.id),
    foreignKey({
      name: 'address_has_customer',
      columns: [table.tenant, table.customerId],
      foreignColumns: [customerTable.tenant, customerTable.id],
    }),
  ],
)
