import { index, jsonb, pgTable, primaryKey } from 'drizzle-orm/pg-core'
import { bytewiseText, createdAtColumn, tenant } from '../column.ts'

type Counters = {
  readonly orderCount: number
  readonly totalSpent: number
  readonly spent: Record<string, { amount: number; orders: number }>
  readonly lastOrderAt: string | null
}

/** Counters that differed from the ledger and were corrected. There should be none. */
export const driftTable = pgTable(
  'drift',
  {
    tenant: tenant(),
    customerId: bytewiseText().notNull(),
    counted: jsonb().$type<Counters>().notNull(),
    ledger: jsonb().$type<Counters>().notNull(),
    ...createdAtColumn(),
  },
  (table) => [
    primaryKey({ name: 'drift_pkey', columns: [table.tenant, table.createdAt, table.customerId] }),
    index('drift_of_customer').on(table.tenant, table.customerId),
  ],
)
