import {
  bigserial,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { bytewiseText, moment, tenant } from '../column.ts'

export const eventNames = [
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
  'customer.exported',
  'customer.consent_changed',
  'customer.order_recorded',
  'customer.session_opened',
  'customer.session_reused',
  'customer.locked',
  'customer.passkey_added',
  'customer.passkey_removed',
  'customer.passkey_reused',
  'customer.login_linked',
  'customer.login_unlinked',
  'webhook.disabled',
  'limit.reached',
] as const

/** What happened, in the order of its feed. Triggers (in `trigger/`): note_event_writer (event_has_its_writer_noted). */
export const eventTable = pgTable(
  'event',
  {
    tenant: tenant(),
    id: bytewiseText().notNull(),
    /** Null for an event without a customer, such as `webhook.disabled` and `limit.reached`. */
    customerId: bytewiseText(),
    sequence: integer(),
    type: text({ enum: eventNames }).notNull(),
    data: jsonb().$type<Record<string, unknown>>().notNull(),
    actor: jsonb().$type<{ type: string; id: string | null }>().notNull(),
    requestId: text(),
    at: moment().notNull(),
    /** The place in the feed. Commits overtake each other; the trigger notes who may still be on the way. */
    place: bigserial({ mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ name: 'event_pkey', columns: [table.tenant, table.id] }),
    uniqueIndex('event_sequence_has_no_twin').on(table.tenant, table.customerId, table.sequence),
    index('event_feed').on(table.tenant, table.place),
    index('event_by_age').on(table.tenant, table.at, table.id),
  ],
)
