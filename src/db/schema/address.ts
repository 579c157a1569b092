import {
  boolean,
  foreignKey,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { bytewiseText, createdAtColumn, moment, tenant, versionColumns } from '../column.ts'
import { customerTable } from './customer.ts'

/** The keys by which an address is found, by field: on each line a kind, a blank and a value. */
export type AddressKeys = {
  readonly [field in 'city' | 'postalCode' | 'line1' | 'line2' | 'company']?: string
}

/**
 * Triggers (in `trigger/`): check_default_addresses (customer_has_default_addresses, customer_has_default_addresses_still) and
 * write_find_keys (address_is_found, address_is_found_anew, address_is_lost).
 */
export const addressTable = pgTable(
  'address',
  {
    tenant: tenant(),
    id: bytewiseText().notNull(),
    customerId: bytewiseText().notNull(),
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
    /** Folded in TypeScript, as the fingerprint. A change of one field does not know the others, so each has its own. */
    keys: jsonb().$type<AddressKeys>().notNull(),
    /** Written without proof of identity: it never becomes a default of an account. */
    unproven: boolean().notNull().default(false),
    ...versionColumns(),
    ...createdAtColumn(),
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
