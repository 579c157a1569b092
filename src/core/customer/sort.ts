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
  /** Whether customers without an order are in another index, sorted by id. Their sort key is null. */
  readonly apart: boolean
  /** Whether those who have no value come last in ascending order, too. */
  readonly noneIsLast: boolean
  /** Whether it is a column of `list_entry`. Every index of that table carries it. Other columns are in `customer`. */
  readonly carried: boolean
}

const entry = { empty: null, apart: false, noneIsLast: false, carried: true } as const
const own = { empty: '', apart: false, noneIsLast: true, carried: false } as const

/** The sort keys of a list. Each has an index (tenant, listed, column, id). An id begins with the moment of its creation. */
const keys = {
  createdAt: { ...entry, column: 'id', type: 'text' },
  updatedAt: { ...entry, column: 'updatedAt', type: 'timestamptz' },
  totalSpent: { ...entry, column: 'totalSpent', type: 'bigint', apart: true },
  orderCount: { ...entry, column: 'orderCount', type: 'integer' },
  lastOrderAt: {
    ...{ ...entry, column: 'lastOrderKey', type: 'timestamptz' },
    ...{ apart: true, noneIsLast: true },
  },
  firstName: { ...own, column: 'firstNameKey', type: 'text' },
  lastName: { ...own, column: 'lastNameKey', type: 'text' },
  email: { ...own, column: 'emailKey', type: 'text', empty: null },
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
  .meta({ description: 'Customers without the name or an order come last in both directions' })
export type CustomerSort = z.output<typeof CustomerSort>

export type SortKey = Key & { readonly direction: Direction }

/** A part of a list that is read from one index: those who have a value in the sort column, those who have none, or all. */
export type ListPart = 'some' | 'none' | 'all'

/** The parts of a list, in its order. There is one part if the index has customers without a value at the right end. */
export function partsOfSortedList({
  empty,
  apart,
  noneIsLast,
  direction,
}: SortKey): readonly ListPart[] {
  if (!apart && (empty === null || direction === 'desc')) return ['all']
  return direction === 'desc' || noneIsLast ? ['some', 'none'] : ['none', 'some']
}

/** The part of a key. */
export const listPartOfKey = ({ empty }: SortKey, key: string | number | null): ListPart =>
  key === empty ? 'none' : 'some'

export function toSortKey(sort: CustomerSort): SortKey {
  const [field, direction] = sort.split(':') as [SortField, Direction]
  return { ...keys[field], direction }
}
