import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { created, key, moment, tenant, versioned } from '../column.ts'

/** `deleted` is shown to nobody; the row stays until its deliveries are purged. */
export const webhookStatuses = ['enabled', 'disabled', 'deleted'] as const

export const webhookTable = pgTable(
  'webhook',
  {
    tenant: tenant(),
    id: key().notNull(),
    url: text().notNull(),
    /** Event names, `customer.*`, `webhook.*` or `*`. */
    events: text().array().notNull(),
    description: text(),
    status: text({ enum: webhookStatuses }).notNull(),
    disabledReason: text({ enum: ['asked', 'failing', 'gone'] }),
    /** Sealed. */
    secret: text().notNull(),
    /** The one before it, sealed; signs too until its time is over. */
    previousSecret: text(),
    previousSecretUntil: moment(),
    /** Since when nothing has been delivered, for as long as that is so. */
    failingSince: moment(),
    lastAt: moment(),
    lastStatus: integer(),
    lastError: text(),
    /** The endpoint asked for a pause. */
    pausedUntil: moment(),
    /** One worker at a time serves an endpoint; its claim also says which worker it is. */
    leasedUntil: moment(),
    /** For when a wake-up is on its way. */
    wakeAt: moment(),
    ...versioned(),
    ...created(),
    updatedAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ name: 'webhook_pkey', columns: [table.tenant, table.id] }),
    check('webhook_status_known', sql`status in ('enabled', 'disabled', 'deleted')`),
    index('webhook_deleted').on(table.tenant, table.id).where(sql`status = 'deleted'`),
  ],
)
