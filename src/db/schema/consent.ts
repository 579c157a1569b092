import { bigserial, foreignKey, index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { bytewiseText, createdAtColumn, tenant } from '../column.ts'
import { customerTable } from './customer.ts'

export const consentStates = ['granted', 'pending', 'withdrawn'] as const
export type ConsentState = (typeof consentStates)[number]

/**
 * What a customer has agreed to, and what not any more: one row for each time, never changed. The present states stand in
 * `customer.consents`.
 */
export const consentTable = pgTable(
  'consent',
  {
    tenant: tenant(),
    customerId: bytewiseText().notNull(),
    purpose: bytewiseText().notNull(),
    state: text({ enum: consentStates }).notNull(),
    /** The place of the question, in the shop’s words. */
    source: text(),
    /** The version of the text that the customer saw. */
    textVersion: text(),
    actor: jsonb().$type<{ type: string; id: string | null }>(),
    requestId: text(),
    /** The merge that brought it. It counts as long as that is not undone. */
    mergeId: bytewiseText(),
    ...createdAtColumn(),
    /** The order of the rows of one customer. */
    place: bigserial({ mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ name: 'consent_pkey', columns: [table.tenant, table.customerId, table.place] }),
    index('consent_of_purpose').on(table.tenant, table.customerId, table.purpose, table.place),
    foreignKey({
      name: 'consent_has_customer',
      columns: [table.tenant, table.customerId],
      foreignColumns: [customerTable.tenant, customerTable.id],
    }).onDelete('cascade'),
  ],
)
