import { index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { bytewiseText, createdAtColumn, moment, tenant } from '../column.ts'

/** Work that is still to do. The row is the truth; the queue's message only wakes a worker. */
export const jobTable = pgTable(
  'job',
  {
    tenant: tenant(),
    id: bytewiseText().notNull(),
    kind: text().notNull(),
    payload: jsonb().$type<Record<string, unknown>>().notNull(),
    /** The time at which cron sends it (again): a minute after it was written, or the time for which it waits. */
    dueAt: moment().notNull(),
    /** The number of times that cron has sent it. */
    relays: integer().notNull().default(0),
    ...createdAtColumn(),
  },
  (table) => [
    primaryKey({ name: 'job_pkey', columns: [table.tenant, table.id] }),
    index('job_by_due').on(table.dueAt),
  ],
)
