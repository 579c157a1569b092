import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { bytewiseText, createdAtColumn, moment, tenant, versionColumns } from '../column.ts'
import type { ConsentState } from './consent.ts'

/** `deleted` is never shown: for a reader, a deleted customer does not exist. */
export const customerStatuses = [
  'guest',
  'unverified',
  'active',
  'disabled',
  'merged',
  'erased',
  'deleted',
] as const

/** False for merged, erased and deleted customers, which the default list leaves out; the sort indexes begin with it. */
export const isListedColumn = () =>
  boolean()
    .notNull()
    .generatedAlwaysAs(sql`status in ('guest', 'unverified', 'active', 'disabled')`)

/**
 * Triggers (in `trigger/`): check_customer (customer_is_sound, customer_is_sound_still), check_default_addresses
 * (customer_has_default_addresses), write_find_keys (customer_is_found, customer_is_found_anew, customer_is_lost), end_access
 * (customer_access_ends), check_address_reserved (customer_email_not_reserved, customer_email_not_reserved_still), write_name_words
 * (name_is_written, name_is_rewritten, name_is_gone), write_list_entry (customer_is_entered, customer_entry_changes,
 * customer_entry_follows, customer_entry_ends) and mirror_customer (customer_is_mirrored). The indexes of names and addresses and the foreign
 * keys to the default addresses are in `beyond.sql`. No index has a column that an order, a membership or an event changes: such an update
 * is heap-only. What lists sort by is in `list_entry`.
 */
export const customerTable = pgTable(
  'customer',
  {
    tenant: tenant(),
    id: bytewiseText().notNull(),
    externalId: text(),
    email: text().notNull(),
    emailKey: bytewiseText().notNull(),
    firstName: text(),
    lastName: text(),
    firstNameKey: bytewiseText().notNull().default(''),
    lastNameKey: bytewiseText().notNull().default(''),
    phone: text(),
    locale: text(),
    status: text({ enum: customerStatuses }).notNull(),
    listed: isListedColumn(),
    emailVerifiedAt: moment(),
    claimedAt: moment(),
    /** A hash, or the identity at the provider that has the password: `$hanzo$` + identity, user name and version. */
    passwordHash: text(),
    /** Created by a storefront login before the address was proven. An account that a service creates replaces it. */
    provisional: boolean().notNull().default(false),
    disabledReason: text(),
    /** Rises when tokens of devices end. Tokens of an earlier epoch are void. */
    deviceEpoch: integer().notNull().default(0),
    /** A guest whose names were written without proof of identity: they fill no field of an account. */
    unproven: boolean().notNull().default(false),
    /** No webhook has heard of the guest: it has proven nothing and ordered nothing. */
    silent: boolean().notNull().default(false),
    groupKeys: text().array().notNull().default(sql`'{}'`),
    metadata: jsonb().$type<Record<string, string>>().notNull().default({}),
    /** The present state of each purpose. The rows of `consent` say how it came to be. */
    consents: jsonb().$type<Record<string, ConsentState>>().notNull().default({}),
    orderCount: integer().notNull().default(0),
    /** In minor units of the tenant's currency. */
    totalSpent: bigint({ mode: 'number' }).notNull().default(0),
    /** Per currency: minor units, and the number of orders that are not canceled. */
    spent: jsonb()
      .$type<Record<string, { amount: number; orders: number }>>()
      .notNull()
      .default({}),
    lastOrderAt: moment(),
    lastOrderKey: moment().notNull().default(sql`'-infinity'`),
    defaultShippingId: bytewiseText(),
    defaultBillingId: bytewiseText(),
    /** It has the collation of ids, because an index with another collation could not serve comparisons with ids. */
    mergedInto: bytewiseText(),
    /** The erasure that has taken its data: its receipt. */
    erasureId: bytewiseText(),
    /** Rises by one per event, without gaps. */
    sequence: integer().notNull().default(0),
    ...versionColumns(),
    ...createdAtColumn(),
    updatedAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ name: 'customer_pkey', columns: [table.tenant, table.id] }),
    uniqueIndex('customer_one_account_per_email')
      .on(table.tenant, table.emailKey)
      .where(sql`status in ('unverified', 'active', 'disabled')`),
    uniqueIndex('customer_one_guest_per_email')
      .on(table.tenant, table.emailKey)
      .where(sql`status = 'guest'`),
    uniqueIndex('customer_one_identity')
      .on(table.tenant, sql`split_part(password_hash, '$', 3)`)
      .where(sql`password_hash like '$hanzo$%'`),
    uniqueIndex('customer_one_external_id')
      .on(table.tenant, table.externalId)
      .where(sql`external_id is not null and status <> 'deleted'`),
    index('customer_by_survivor')
      .on(table.tenant, table.mergedInto)
      .where(sql`merged_into is not null`),
  ],
)
