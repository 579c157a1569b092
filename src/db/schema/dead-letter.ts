import { index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { created, key, moment, tenant } from '../column.ts'

/** What the queue gave up on, kept until someone replays it. */
export const deadLetterTable = pgTable(
  'dead_letter',
  {
    tenant: tenant(),
    id: key().notNull(),
    queue: text().notNull(),
    kind: text().notNull(),
    body: jsonb().$type<unknown>().notNull(),
    attempts: integer().notNull(),
    ...created(),
    replayedAt: moment(),
  },
  (table) => [
    primaryKey({ name: 'dead_letter_pkey', columns: [table.tenant, table.id] }),
    index('dead_letter_by_age').on(table.tenant, table.createdAt, table.id),
  ],
)
