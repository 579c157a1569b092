import { sql } from 'drizzle-orm'
import { index, pgTable } from 'drizzle-orm/pg-core'
import { bytewiseText, tenant } from '../column.ts'

/**
 * The dictionary of a tenant's names: each word that customers' names have, under its own spelling and under each spelling with one
 * letter less. A misspelt word shares one of them with the word that is meant. The trigger function write_name_words adds words. The
 * task `purge-words` deletes the words that are in no name any more.
 *
 * No key is unique, because a unique index would make transactions that add the same word wait for each other. Duplicates are harmless.
 */
export const nameSpellingTable = pgTable(
  'name_spelling',
  { tenant: tenant(), spelling: bytewiseText().notNull(), word: bytewiseText().notNull() },
  (table) => [
    index('name_spelling_finds_words').on(table.tenant, table.spelling, table.word),
    index('name_spelling_lists_words').on(table.tenant, table.word).where(sql`spelling = word`),
  ],
)
