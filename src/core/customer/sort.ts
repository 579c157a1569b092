import { z } from 'zod'

type Key = { readonly column: string; readonly type: string; readonly empty?: string }

/**
 * What a list is sorted by: the column, its type, and the value that stands for none in it (an index orders nulls one way only).
 * Each has an index (tenant, listed, column, id).
 */
const keys = {
  createdAt: { column: 'created_at', type: 'timestamptz' },
  updatedAt: { column: 'updated_at', type: 'timestamptz' },
  totalSpent: { column: 'total_spent', type: 'bigint' },
  orderCount: { column: 'order_count', type: 'integer' },
  lastOrderAt: { column: 'last_order_key', type: 'timestamptz', empty: '-infinity' },
  lastName: { column: 'last_name_key', type: 'text', empty: '' },
  email: { column: 'email_key', type: 'text' },
} as const satisfies Readonly<Record<string, Key>>

export type SortField = keyof typeof keys
export type Direction = 'asc' | 'desc'

const words = (Object.keys(keys) as SortField[]).flatMap((field) => [
  `${field}:asc` as const,
  `${field}:desc` as const,
])

/** Customers without what they are sorted by come last, whichever way. */
export const CustomerSort = z
  .enum(words)
  .meta({ description: 'Those without a last name or an order come last both ways' })
export type CustomerSort = z.output<typeof CustomerSort>

export type SortKey = Key & { readonly direction: Direction }

export function sortKey(sort: CustomerSort): SortKey {
  const [field, direction] = sort.split(':') as [SortField, Direction]
  return { ...keys[field], direction }
}
