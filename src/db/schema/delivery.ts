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
import { bytewiseText, createdAtColumn, moment, tenant } from '../column.ts'
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

/** The delivery of one event to one endpoint. The schedule is stored here; the queue only wakes a worker. */
export const deliveryTable = pgTable(
  'delivery',
  {
    tenant: tenant(),
    id: bytewiseText().notNull(),
    webhookId: bytewiseText().notNull(),
    eventId: bytewiseText().notNull(),
    status: text({ enum: deliveryStatuses }).notNull(),
    /** The position in the schedule. */
    step: integer().notNull().default(0),
    /** The number of attempts in all. It also identifies the worker of a result. */
    attempts: integer().notNull().default(0),
    /** While it is being sent: the time at which the attempt counts as lost. */
    nextAttemptAt: moment().notNull(),
    attemptedAt: moment(),
    responseStatus: integer(),
    /** At most its first kilobyte. */
    responseBody: text(),
    responseMs: integer(),
    error: text({ enum: deliveryErrors }),
    settledAt: moment(),
    ...createdAtColumn(),
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
