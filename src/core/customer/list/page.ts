import type { RowOf } from '#db/use-case'
import * as query from '../generated/query.ts'
import type { listByIds } from '../query/list.ts'
import type { Direction, SortColumn, SortKey } from '../sort.ts'
import type { Customer } from '../view.ts'
import type { Position } from './query.ts'

/** A customer with one of its addresses, or without any. */
export type ListRow = RowOf<typeof listByIds>

export type Found = { readonly customers: Customer[]; readonly next: Position | null }

/** For each column a value that no key exceeds. `least` has the opposite. */
const most: Readonly<Record<SortColumn, string>> = {
  id: '~',
  updatedAt: 'infinity',
  totalSpent: '9223372036854775807',
  orderCount: '2147483647',
  lastOrderKey: 'infinity',
  // The last character of Unicode; keys are compared byte by byte.
  lastNameKey: '\u{10ffff}',
  firstNameKey: '\u{10ffff}',
  emailKey: '\u{10ffff}',
}
const least: Readonly<Record<SortColumn, string>> = {
  id: '',
  updatedAt: '-infinity',
  totalSpent: '-9223372036854775808',
  orderCount: '-2147483648',
  lastOrderKey: '-infinity',
  lastNameKey: '',
  firstNameKey: '',
  emailKey: '',
}

const inOneIndex = {
  id: { asc: query.listByIdAsc, desc: query.listByIdDesc },
  updatedAt: { asc: query.listByUpdatedAtAsc, desc: query.listByUpdatedAtDesc },
  totalSpent: { asc: query.listByTotalSpentAsc, desc: query.listByTotalSpentDesc },
  orderCount: { asc: query.listByOrderCountAsc, desc: query.listByOrderCountDesc },
  emailKey: { asc: query.listByEmailAsc, desc: query.listByEmailDesc },
} as const
const inTwoParts = {
  firstNameKey: { asc: query.listByFirstNameAsc, desc: query.listByFirstNameDesc },
  lastNameKey: { asc: query.listByLastNameAsc, desc: query.listByLastNameDesc },
  lastOrderKey: { asc: query.listByLastOrderAsc, desc: query.listByLastOrderDesc },
} as const

export type PageQuery = {
  readonly tenant: string
  readonly currency: string
  readonly sort: SortKey
  readonly limit: number
  readonly after: Position | null
}

/** A page of all listed customers, and one more to know whether the list goes on. Each order has a cached plan. */
export function listAll({ tenant, currency, sort, limit, after }: PageQuery) {
  const { column, direction } = sort
  const start = startOf(column, direction)
  const place = { tenant, currency, limit: limit + 1, ...(after ? positionOf(after) : start) }
  if (column !== 'firstNameKey' && column !== 'lastNameKey' && column !== 'lastOrderKey') {
    return inOneIndex[column][direction](place)
  }
  if (direction === 'desc') return inTwoParts[column].desc(place)
  const isInRest = after !== null && String(after[0]) === sort.empty
  return inTwoParts[column].asc(
    isInRest
      ? { ...place, key: most[column], id: most.id, restAfter: after[1] }
      : { ...place, ...(after ? {} : { id: most.id }), restAfter: '' },
  )
}

const startOf = (column: SortColumn, direction: Direction) =>
  direction === 'asc' ? { key: least[column], id: least.id } : { key: most[column], id: most.id }

const positionOf = ([key, id]: Position) => ({ key: String(key), id })

/** The customers of a page, and the position of the last one if the list goes on. */
export function toFound(rows: readonly ListRow[], limit: number): Found {
  const customers = toCustomers(rows)
  if (customers.length <= limit) return { customers, next: null }
  const page = customers.slice(0, limit)
  const last = rows.findLast(({ customer }) => customer.id === page.at(-1)?.id)
  return { customers: page, next: last === undefined ? null : [last.key, last.customer.id, false] }
}

/** Puts the addresses into their customers. */
export function toCustomers(rows: readonly ListRow[]): Customer[] {
  const customers: Customer[] = []
  for (const { customer, address } of rows) {
    if (customers.at(-1)?.id !== customer.id) customers.push(customer)
    if (address !== null) customers.at(-1)?.addresses.push(address)
  }
  return customers
}
