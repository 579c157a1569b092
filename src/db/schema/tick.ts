import { pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { moment } from '../column.ts'

/** Cron may fire twice for one minute; who writes this row first does the work. */
export const tickTable = pgTable(
  'tick',
  { task: text().notNull(), scheduledAt: moment().notNull() },
  (table) => [primaryKey({ name: 'tick_pkey', columns: [table.task, table.scheduledAt] })],
)
