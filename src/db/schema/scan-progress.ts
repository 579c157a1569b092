import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { bytewiseText, moment, tenant } from '../column.ts'

/** The progress of a task that scans all rows of a tenant in steps. A step locks the row. */
export const scanProgressTable = pgTable(
  'scan_progress',
  {
    tenant: tenant(),
    task: text().notNull(),
    /** The last key that was scanned; '' before the first. */
    position: bytewiseText().notNull(),
    /** The number of rows in this scan so far. */
    examined: integer().notNull(),
    hits: integer().notNull(),
    startedAt: moment().notNull(),
  },
  (table) => [primaryKey({ name: 'sweep_pkey', columns: [table.tenant, table.task] })],
)
