import { bigint, index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { bytewiseText, createdAtColumn, moment, tenant } from '../column.ts'

export const erasureReasons = ['requested', 'retention', 'court', 'other'] as const
export const erasureStates = ['running', 'done'] as const

/** An erasure: whose data was erased, by whom and why. It names no person, and is the receipt. It is written before anything is deleted. */
export const erasureTable = pgTable(
  'erasure',
  {
    tenant: tenant(),
    id: bytewiseText().notNull(),
    customerId: bytewiseText().notNull(),
    /** The customer, those merged into it, and the guests of its address with those merged into them: their data is erased together. */
    customerIds: text().array().notNull(),
    /** Those of them that were not merged. */
    guestIds: text().array().notNull(),
    /** running: a long history is still being emptied. */
    state: text({ enum: erasureStates }).notNull(),
    reason: text({ enum: erasureReasons }).notNull(),
    actor: jsonb().$type<{ type: string; id: string | null }>().notNull(),
    requestId: text(),
    /** The event `customer.erased`, by whose deliveries receivers have confirmed it. */
    eventId: bytewiseText().notNull(),
    /** The place of that event in the feed, which is the place in the feed of erasures. */
    place: bigint({ mode: 'number' }).notNull(),
    ...createdAtColumn(),
    finishedAt: moment(),
  },
  (table) => [
    primaryKey({ name: 'erasure_pkey', columns: [table.tenant, table.id] }),
    index('erasure_feed').on(table.tenant, table.place),
  ],
)
