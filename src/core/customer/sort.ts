import * as z from 'zod'

export type SortColumn =
  | 'id'
  | 'updatedAt'
  | 'totalSpent'
  | 'orderCount'
  | 'lastOrderKey'
  | 'lastNameKey'
  | 'firstNameKey'
  | 'emailKey'

type Key = {
  /** The column of the entry or of the customer. */
  readonly column: SortColumn
  readonly type: 'timestamptz' | 'bigint' | 'integer' | 'text'
  /** The value that stands for none: an index orders nulls one way only. */
  readonly empty: string | null
  /** Whether it is a column of entries, which every index of them carries; others are of the customer. */
  readonly carried: boolean
}

/** The sort keys of a list. Each has an index (tenant, listed, column, id). An id begins with the moment of its creation. */
const keys = {
  createdAt: { column: 'id', type: 'text', empty: null, carried: true },
  updatedAt: { column: 'updatedAt', type: 'timestamptz', empty: null, carried: true },
  totalSpent: { column: 'totalSpent', type: 'bigint', empty: null, carried: true },
  orderCount: { column: 'orderCount', type: 'integer', empty: null, carried: true },
  lastOrderAt: { column: 'lastOrderKey', type: 'timestamptz', empty: '-infinity', carried: true },
  firstName: { column: 'firstNameKey', type: 'text', empty: '', carried: false },
  lastName: { column: 'lastNameKey', type: 'text', empty: '', carried: false },
  email: { column: 'emailKey', type: 'text', empty: null, carried: false },
} as const satisfies Readonly<Record<string, Key>>

type SortField = keyof typeof keys
export type Direction = 'asc' | 'desc'

const words = (Object.keys(keys) as SortField[]).flatMap((field) => [
  `${field}:asc` as const,
  `${field}:desc` as const,
])

/** Customers without a sort key come last in both directions. */
export const CustomerSort = z
  .enum(words)
  .meta({ description: 'Customers without that name or an order come last in both directions' })
export type CustomerSort = z.output<typeof CustomerSort>

export type SortKey = Key & { readonly direction: Direction }

export function sortKey(sort: CustomerSort): SortKey {
  const [field, direction] = sort.split(':') as [SortField, Direction]
  return { ...keys[field], direction }
}
