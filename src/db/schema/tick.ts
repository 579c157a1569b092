import { boolean, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { moment, tenant } from '../column.ts'

/** The tasks of cron for a tenant, one row for each task. The holder of the lease does the work. A task that is cut short or fails stays due. */
export const tickTable = pgTable(
  'tick',
  {
    tenant: tenant(),
    task: text().notNull(),
    /** The moment since which it is due, or of its next run. */
    dueAt: moment().notNull(),
    leasedUntil: moment().notNull(),
    /** Whether the log has said that it is behind. */
    told: boolean().notNull(),
  },
  (table) => [primaryKey({ name: 'tick_pkey', columns: [table.tenant, table.task] })],
)
