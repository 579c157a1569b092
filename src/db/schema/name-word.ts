import { pgTable, primaryKey } from 'drizzle-orm/pg-core'
import { key, tenant } from '../column.ts'

/**
 * The words of customers' names that no index of the customer begins with: all but the first of the first name and the first of
 * the last. The trigger function write_name_words writes them.
 */
export const nameWordTable = pgTable(
  'name_word',
  { tenant: tenant(), word: key().notNull(), customerId: key().notNull() },
  (table) => [
    primaryKey({
      name: 'name_word_pkey',
      columns: [table.tenant, table.word, table.customerId],
    }),
  ],
)
