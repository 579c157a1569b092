import { index, json, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { created, tenant } from '../column.ts'
import type { Kept } from '../handle.ts'

export const idempotencyTable = pgTable(
  'idempotency',
  {
    tenant: tenant(),
    /** Client, and within it the shopper or the storefront's token; method and path. */
    scope: text().notNull(),
    key: text().notNull(),
    /** A keyed hash of the request's body, so that it is no oracle for a password in it. */
    fingerprint: text().notNull(),
    /** Stored as text, so that the same bytes come back. */
    answer: json().$type<Kept>().notNull(),
    customerId: text(),
    ...created(),
  },
  (table) => [
    primaryKey({ name: 'idempotency_pkey', columns: [table.tenant, table.scope, table.key] }),
    index('idempotency_by_age').on(table.createdAt),
    index('idempotency_of_customer').on(table.tenant, table.customerId),
  ],
)
