import { pgTable, primaryKey } from 'drizzle-orm/pg-core'
import { bytewiseText, tenant } from '../column.ts'

/**
 * The words by which customers' names are found, except those that begin a name: names have indexes of the customer.
 * The trigger function write_name_words writes them.
 */
export const nameWordTable = pgTable(
  'name_word',
  { tenant: tenant(), word: bytewiseText().notNull(), customerId: bytewiseText().notNull() },
  (table) => [
    primaryKey({
      name: 'name_word_pkey',
      columns: [table.tenant, table.word, table.customerId],
    }),
  ],
)
