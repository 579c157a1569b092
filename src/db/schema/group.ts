import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
} from 'drizzle-orm/pg-core'
import { bytewiseText, createdAtColumn, moment, tenant, versionColumns } from '../column.ts'
import { customerTable } from './customer.ts'

export const membershipSources = ['manual', 'rule', 'merge', 'import'] as const

export const groupTable = pgTable(
  'group',
  {
    tenant: tenant(),
    key: bytewiseText().notNull(),
    name: text(),
    description: text(),
    metadata: jsonb().$type<Record<string, string>>().notNull().default({}),
    /** A filter of the list of customers, as the caller wrote it; null: members are added by hand only. */
    rule: jsonb().$type<Record<string, unknown>>(),
    /** The rule may read values that shoppers can change. */
    allowShopperValues: boolean().notNull().default(false),
    /** Rises with each change of the rule. Results of an older number are discarded. 0: the group never had a rule. */
    ruleNumber: integer().notNull().default(0),
    /** A setting has made the rule invalid: it is not judged, and its members stay. Cron notes it. */
    ruleStopped: boolean().notNull().default(false),
    /** The present rule, or an earlier one whose members may remain, may read values that shoppers can change. */
    mayHoldShoppers: boolean().notNull().default(false),
    /** The fields of the rule that shoppers can change. */
    ruleUntrusted: text().array().notNull().default(sql`'{}'`),
    /** The groups that the rule reads. */
    ruleReads: text().array().notNull().default(sql`'{}'`),
    ...versionColumns(),
    ...createdAtColumn(),
    updatedAt: moment().notNull(),
    /** Set while its memberships are being ended; for a reader, such a group does not exist. */
    dissolvedAt: moment(),
  },
  (table) => [
    primaryKey({ name: 'group_pkey', columns: [table.tenant, table.key] }),
    index('group_with_rule').on(table.tenant, table.key).where(sql`rule is not null`),
    check('group_key_spelling', sql`key ~ '^[a-z0-9][a-z0-9_-]{0,63}$'`),
  ],
)

/** Trigger (in `trigger/`): write_group_keys (membership_begins, membership_moves, membership_ends). */
export const membershipTable = pgTable(
  'membership',
  {
    tenant: tenant(),
    groupKey: bytewiseText().notNull(),
    customerId: bytewiseText().notNull(),
    /** `rule`: only the rule of the group holds it. */
    source: text({ enum: membershipSources }).notNull(),
    /** The rule of the group holds it, alone or besides a hand. */
    byRule: boolean().notNull().default(false),
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
    index('membership_by_rule')
      .on(table.tenant, table.groupKey, table.customerId)
      .where(sql`by_rule`),
    check('membership_has_origin', sql`source <> 'rule' or by_rule and expires_at is null`),
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
