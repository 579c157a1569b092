import { index, json, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { bytewiseText, createdAtColumn, tenant } from '../column.ts'
import type { Kept } from '../use-case-call.ts'

export const idempotencyTable = pgTable(
  'idempotency',
  {
    tenant: tenant(),
    /** Client, and within it the shopper or the storefront's token; method and path. */
    scope: text().notNull(),
    /** A keyed hash, for a client may write anything into it. */
    key: text().notNull(),
    /** A keyed hash of the request's body, so that it is no oracle for a password in it. */
    fingerprint: text().notNull(),
    /** Stored as text, so that the same bytes come back. JSON's null: an erasure has taken it. */
    answer: json().$type<Kept | null>().notNull(),
    /** The customer, the merge, the delivery or the dead letter in the answer: an erasure takes the answer away. */
    subjectId: bytewiseText(),
    ...createdAtColumn(),
  },
  (table) => [
    primaryKey({ name: 'idempotency_pkey', columns: [table.tenant, table.scope, table.key] }),
    index('idempotency_by_age').on(table.createdAt),
    index('idempotency_of_subject').on(table.tenant, table.subjectId),
  ],
)
