import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { key, moment, tenant } from '../column.ts'

/** How far a task has walked that looks at everything of a tenant bit by bit. Who locks the row walks. */
export const sweepTable = pgTable(
  'sweep',
  {
    tenant: tenant(),
    task: text().notNull(),
    /** The last key that was looked at; '' before the first. */
    position: key().notNull(),
    /** In this walk. */
    examined: integer().notNull(),
    hits: integer().notNull(),
    startedAt: moment().notNull(),
  },
  (table) => [primaryKey({ name: 'sweep_pkey', columns: [table.tenant, table.task] })],
)
