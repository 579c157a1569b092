import * as z from 'zod'

export type SortColumn =
  | 'id'
  | 'updatedAt'
  | 'totalSpent'
  | 'orderCount'
  | 'lastOrderKey'
  | 'lastNameKey'
  | 'emailKey'

type Key = {
  /** Of the customer's table. */
  readonly column: SortColumn
  readonly type: 'timestamptz' | 'bigint' | 'integer' | 'text'
  /** What stands for none: an index orders nulls one way only. */
  readonly empty: string | null
  /** Whether every index of lists carries the column. */
  readonly carried: boolean
}

/** What a list is sorted by. Each has an index (tenant, listed, column, id); an id begins with the moment that it was made at. */
const keys = {
  createdAt: { column: 'id', type: 'text', empty: null, carried: true },
  updatedAt: { column: 'updatedAt', type: 'timestamptz', empty: null, carried: true },
  totalSpent: { column: 'totalSpent', type: 'bigint', empty: null, carried: true },
  orderCount: { column: 'orderCount', type: 'integer', empty: null, carried: true },
  lastOrderAt: { column: 'lastOrderKey', type: 'timestamptz', empty: '-infinity', carried: true },
  lastName: { column: 'lastNameKey', type: 'text', empty: '', carried: false },
  email: { column: 'emailKey', type: 'text', empty: null, carried: false },
} as const satisfies Readonly<Record<string, Key>>

type SortField = keyof typeof keys
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
