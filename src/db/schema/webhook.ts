import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { bytewiseText, createdAtColumn, moment, tenant, versionColumns } from '../column.ts'

/** `deleted` is never shown; the row stays until its deliveries are purged. */
export const webhookStatuses = ['enabled', 'disabled', 'deleted'] as const

export const webhookTable = pgTable(
  'webhook',
  {
    tenant: tenant(),
    id: bytewiseText().notNull(),
    url: text().notNull(),
    /** Event names, `customer.*`, `webhook.*` or `*`. */
    events: text().array().notNull(),
    description: text(),
    status: text({ enum: webhookStatuses }).notNull(),
    disabledReason: text({ enum: ['asked', 'failing', 'gone'] }),
    /** Sealed. */
    secret: text().notNull(),
    /** The previous secret, sealed; it signs too until its time is over. */
    previousSecret: text(),
    previousSecretUntil: moment(),
    /** The first failure since the last delivery that arrived; null while the endpoint works. */
    failingSince: moment(),
    lastAt: moment(),
    lastStatus: integer(),
    lastError: text(),
    /** The endpoint asked for a pause. */
    pausedUntil: moment(),
    /** The end of the lease of the one worker that serves the endpoint. It also identifies the worker. */
    leasedUntil: moment(),
    /** The time for which a wake-up was sent. */
    wakeAt: moment(),
    ...versionColumns(),
    ...createdAtColumn(),
    updatedAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ name: 'webhook_pkey', columns: [table.tenant, table.id] }),
    check('webhook_status_known', sql`status in ('enabled', 'disabled', 'deleted')`),
    index('webhook_deleted').on(table.tenant, table.id).where(sql`status = 'deleted'`),
  ],
)
