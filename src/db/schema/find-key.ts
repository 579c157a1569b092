import { pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { bytewiseText, tenant } from '../column.ts'

/**
 * What a customer is found by: its own phone, domain and language, the values of its metadata, its consents, and countries, cities, postal codes, streets,
 * companies and phones of its addresses. A phone's digits stand backwards, so that an ending is a beginning; a value of metadata is a hash.
 * Only listed customers have keys. The trigger function write_find_keys writes them.
 */
export const findKeyTable = pgTable(
  'find_key',
  {
    tenant: tenant(),
    kind: text({
      enum: [
        'phone',
        'country',
        'city',
        'postalCode',
        'street',
        'company',
        'domain',
        'locale',
        'metadata',
        'consent',
      ],
    }).notNull(),
    value: bytewiseText().notNull(),
    customerId: bytewiseText().notNull(),
  },
  (table) => [
    primaryKey({
      name: 'find_key_pkey',
      columns: [table.tenant, table.kind, table.value, table.customerId],
    }),
  ],
)
