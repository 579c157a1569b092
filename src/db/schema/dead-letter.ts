import { sql } from 'drizzle-orm'
import {
  index,
  integer,
  json,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { created, key, moment, tenant } from '../column.ts'

/** What the queue gave up on, kept until someone replays it. */
export const deadLetterTable = pgTable(
  'dead_letter',
  {
    tenant: tenant(),
    id: key().notNull(),
    /** The dead-letter queue it came from. */
    queue: text().notNull(),
    kind: text().notNull(),
    /** The job's id; of what is no job, the message's. */
    subject: text().notNull(),
    /** The message. As text, for jsonb takes less than a queue does (U+0000). */
    body: json().$type<unknown>().notNull(),
    /** What the job was about; null when it had no row. */
    payload: jsonb().$type<Record<string, unknown>>(),
    attempts: integer().notNull(),
    ...created(),
    replayedAt: moment(),
  },
  (table) => [
    primaryKey({ name: 'dead_letter_pkey', columns: [table.tenant, table.id] }),
    uniqueIndex('dead_letter_kept_once')
      .on(table.tenant, table.kind, table.subject)
      .where(sql`replayed_at is null`),
    index('dead_letter_by_age').on(table.createdAt),
  ],
)
