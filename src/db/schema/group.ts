import { sql } from 'drizzle-orm'
import { check, foreignKey, index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { created, key, moment, tenant, versioned } from '../column.ts'
import { customerTable } from './customer.ts'

export const sources = ['manual', 'rule', 'merge', 'import'] as const

export const groupTable = pgTable(
  'group',
  {
    tenant: tenant(),
    key: key().notNull(),
    name: text(),
    description: text(),
    metadata: jsonb().$type<Record<string, string>>().notNull().default({}),
    rule: jsonb().$type<Record<string, unknown>>(),
    ...versioned(),
    ...created(),
    updatedAt: moment().notNull(),
    /** Set while its many members are still being taken out; to a reader such a group does not exist. */
    dissolvedAt: moment(),
  },
  (table) => [
    primaryKey({ name: 'group_pkey', columns: [table.tenant, table.key] }),
    check('group_key_spelling', sql`key ~ '^[a-z0-9][a-z0-9_-]{0,63}$'`),
  ],
)

/** Trigger (in `trigger/`): write_group_keys (membership_begins, membership_moves, membership_ends). */
export const membershipTable = pgTable(
  'membership',
  {
    tenant: tenant(),
    groupKey: key().notNull(),
    customerId: key().notNull(),
    source: text({ enum: sources }).notNull(),
    addedAt: moment().notNull(),
    expiresAt: moment(),
  },
  (table) => [
    primaryKey({
      name: 'membership_pkey',
      columns: [table.tenant, table.groupKey, table.customerId],
    }),
    index('membership_of_customer').on(table.tenant, table.customerId, table.groupKey),
    index('membership_by_expiry')
      .on(table.tenant, table.expiresAt)
      .where(sql`expires_at is not null`),
    check('membership_source_known', sql`source in ('manual', 'rule', 'merge', 'import')`),
    foreignKey({
      name: 'membership_has_group',
      columns: [table.tenant, table.groupKey],
      foreignColumns: [groupTable.tenant, groupTable.key],
    }),
    foreignKey({
      name: 'membership_has_customer',
      columns: [table.tenant, table.customerId],
      foreignColumns: [customerTable.tenant, customerTable.id],
    }),
  ],
)
