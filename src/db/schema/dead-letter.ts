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
import { bytewiseText, createdAtColumn, moment, tenant } from '../column.ts'

/** A message that the queue gave up on, stored until staff replays it. */
export const deadLetterTable = pgTable(
  'dead_letter',
  {
    /** Empty for a message of no configured tenant: it is the operator's. */
    tenant: tenant(),
    id: bytewiseText().notNull(),
    /** The queue that it was taken from. */
    queue: text().notNull(),
    kind: text().notNull(),
    /** The job's id, or the message's if it is no job. */
    subject: text().notNull(),
    /** The message. It is text, for jsonb cannot store U+0000, which a queue can carry. */
    body: json().$type<unknown>().notNull(),
    /** The payload of the job; null when it had no row. */
    payload: jsonb().$type<Record<string, unknown>>(),
    attempts: integer().notNull(),
    ...createdAtColumn(),
    replayedAt: moment(),
  },
  (table) => [
    primaryKey({ name: 'dead_letter_pkey', columns: [table.tenant, table.id] }),
    uniqueIndex('dead_letter_stored_once')
      .on(table.tenant, table.kind, table.subject)
      .where(sql`replayed_at is null`),
    index('dead_letter_by_age').on(table.createdAt),
  ],
)
