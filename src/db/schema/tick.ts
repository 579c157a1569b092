import { sql } from 'drizzle-orm'
import { index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { moment } from '../column.ts'

/** A task of one moment. Cron may fire twice for it: the run that writes this row first does the work, and another takes over if it dies. */
export const tickTable = pgTable(
  'tick',
  {
    task: text().notNull(),
    scheduledAt: moment().notNull(),
    leasedUntil: moment().notNull(),
    doneAt: moment(),
  },
  (table) => [
    primaryKey({ name: 'tick_pkey', columns: [table.task, table.scheduledAt] }),
    index('tick_unfinished').on(table.leasedUntil).where(sql`done_at is null`),
    index('tick_by_age').on(table.scheduledAt),
  ],
)
