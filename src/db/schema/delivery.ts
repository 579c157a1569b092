import { sql } from 'drizzle-orm'
import {
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { created, key, moment, tenant } from '../column.ts'
import { eventTable } from './event.ts'
import { webhookTable } from './webhook.ts'

export const deliveryStatuses = ['pending', 'delivered', 'failed'] as const

export const deliveryErrors = [
  'status',
  'redirect',
  'timeout',
  'unreachable',
  'url_not_allowed',
] as const

/** One event on its way to one endpoint. The schedule is kept here; the queue only wakes someone up. */
export const deliveryTable = pgTable(
  'delivery',
  {
    tenant: tenant(),
    id: key().notNull(),
    webhookId: key().notNull(),
    eventId: key().notNull(),
    status: text({ enum: deliveryStatuses }).notNull(),
    /** How far on the schedule. */
    step: integer().notNull().default(0),
    /** How often it was sent in all; also tells whose result it is that comes in. */
    attempts: integer().notNull().default(0),
    /** While it is being sent: when it is given up for lost. */
    nextAttemptAt: moment().notNull(),
    attemptedAt: moment(),
    responseStatus: integer(),
    /** At most its first kilobyte. */
    responseBody: text(),
    responseMs: integer(),
    error: text({ enum: deliveryErrors }),
    settledAt: moment(),
    ...created(),
  },
  (table) => [
    primaryKey({ name: 'delivery_pkey', columns: [table.tenant, table.id] }),
    uniqueIndex('delivery_once_per_endpoint').on(table.tenant, table.webhookId, table.eventId),
    index('delivery_due')
      .on(table.tenant, table.webhookId, table.nextAttemptAt)
      .where(sql`status = 'pending'`),
    index('delivery_of_webhook').on(table.tenant, table.webhookId, table.id),
    index('delivery_of_event').on(table.tenant, table.eventId),
    index('delivery_by_age').on(table.settledAt).where(sql`settled_at is not null`),
    check('delivery_status_known', sql`status in ('pending', 'delivered', 'failed')`),
    foreignKey({
      name: 'delivery_has_webhook',
      columns: [table.tenant, table.webhookId],
      foreignColumns: [webhookTable.tenant, webhookTable.id],
    }),
    foreignKey({
      name: 'delivery_has_event',
      columns: [table.tenant, table.eventId],
      foreignColumns: [eventTable.tenant, eventTable.id],
    }).onDelete('cascade'),
  ],
)
