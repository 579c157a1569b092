import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { key, moment, tenant, xact } from '../column.ts'

export const eventTypes = [
  'customer.created',
  'customer.updated',
  'customer.group_added',
  'customer.group_removed',
  'customer.merged',
  'customer.unmerged',
  'customer.email_verified',
  'customer.disabled',
  'customer.enabled',
  'customer.deleted',
  'customer.erased',
  'customer.order_recorded',
  'customer.session_reused',
  'webhook.disabled',
] as const

export const eventTable = pgTable(
  'event',
  {
    tenant: tenant(),
    id: key().notNull(),
    /** Null for an event without a customer, such as `webhook.disabled`. */
    customerId: key(),
    sequence: integer(),
    type: text({ enum: eventTypes }).notNull(),
    data: jsonb().$type<Record<string, unknown>>().notNull(),
    actor: jsonb().$type<{ type: string; id: string | null }>().notNull(),
    requestId: text(),
    at: moment().notNull(),
    /** The feed is ordered by transaction, for commits overtake each other. */
    xact: xact().notNull().default(sql`pg_current_xact_id()`),
  },
  (table) => [
    primaryKey({ name: 'event_pkey', columns: [table.tenant, table.id] }),
    uniqueIndex('event_sequence_has_no_twin').on(table.tenant, table.customerId, table.sequence),
    index('event_feed').on(table.tenant, table.xact, table.id),
    index('event_by_age').on(table.tenant, table.at, table.id),
  ],
)
