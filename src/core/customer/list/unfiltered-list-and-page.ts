import type { RowOf } from '#db/use-case'
import * as query from '../generated/query.ts'
import type { listByIdDesc, listFoundCustomers } from '../query/list.ts'
import {
  type Direction,
  type ListPart,
  listPartOfKey,
  partsOfSortedList,
  type SortColumn,
  type SortKey,
} from '../sort.ts'
import type { Customer } from '../view.ts'
import type { Position } from './list-query.ts'

/** A customer with one of its addresses, or without any. */
type ListRow = RowOf<typeof listByIdDesc>
/** The same of a page that was found; without a customer where the page is empty. */
type FoundRow = RowOf<typeof listFoundCustomers>

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
  orderCount: { asc: query.listByOrderCountAsc, desc: query.listByOrderCountDesc },
  emailKey: { asc: query.listByEmailAsc, desc: query.listByEmailDesc },
  firstNameKey: { desc: query.listByFirstNameDesc },
  lastNameKey: { desc: query.listByLastNameDesc },
} as const
const inTwoParts = {
  firstNameKey: { asc: query.listByFirstNameAsc },
  lastNameKey: { asc: query.listByLastNameAsc },
  lastOrderKey: { asc: query.listByLastOrderAsc, desc: query.listByLastOrderDesc },
  totalSpent: { asc: query.listByTotalSpentAsc, desc: query.listByTotalSpentDesc },
} as const

export type UnfilteredQuery = {
  readonly tenant: string
  readonly currency: string
  readonly sort: SortKey
  readonly limit: number
  readonly after: Position | null
}

/** A page of all listed customers, and one more to know whether the list goes on. Each order has a cached plan. */
export function listAllCustomers({ tenant, currency, sort, limit, after }: UnfilteredQuery) {
  const { column, direction } = sort
  const page = { tenant, currency, limit: limit + 1 }
  const start = startOf(column, direction)
  if (column === 'totalSpent' || column === 'lastOrderKey') {
    return inTwoParts[column][direction]({ ...page, ...startInParts(sort, after) })
  }
  if (column === 'firstNameKey' || column === 'lastNameKey') {
    return direction === 'asc'
      ? inTwoParts[column].asc({ ...page, ...startInParts(sort, after) })
      : inOneIndex[column].desc({ ...page, ...(after ? positionOf(after) : start) })
  }
  return inOneIndex[column][direction]({ ...page, ...(after ? positionOf(after) : start) })
}

const startOf = (column: SortColumn, direction: Direction) =>
  direction === 'asc' ? { key: least[column], id: least.id } : { key: most[column], id: most.id }

const positionOf = ([key, id]: Position) => ({ key: String(key), id })

/** Where both parts begin: the part of the position goes on after it, a part before is at its end, a part behind at its start. */
function startInParts(sort: SortKey, after: Position | null) {
  const { column, direction, apart } = sort
  const parts = partsOfSortedList(sort)
  const here = after === null ? 0 : parts.indexOf(listPartOfKey(sort, after[0]))
  const end = startOf(column, direction === 'asc' ? 'desc' : 'asc')
  const startIn = (part: ListPart, start: typeof end) => {
    const behind = parts.indexOf(part) - here
    if (after === null || behind > 0) return start
    return behind === 0 ? positionOf(after) : end
  }
  const start = startOf(column, direction)
  // Where the empty value is in the same index, the first one who has a value comes after all who have none.
  const isBehind = direction === 'asc' && !apart
  const some = startIn('some', isBehind ? { ...start, id: most.id } : start)
  return { ...some, noneAfter: startIn('none', start).id }
}

/** The customers of a page, and the position of the last one if the list goes on. */
export function toListPage(rows: readonly ListRow[], limit: number): Found {
  const customers = toCustomers(rows)
  if (customers.length <= limit) return { customers, next: null }
  const page = customers.slice(0, limit)
  const last = rows.findLast(({ customer }) => customer.id === page.at(-1)?.id)
  return { customers: page, next: last === undefined ? null : [last.key, last.customer.id, 0] }
}

/** The customers of a page that was found, and the position of the next one. */
export const toFoundPage = (rows: readonly FoundRow[]): Found => ({
  customers: toCustomers(
    rows.flatMap(({ customer, address }) => (customer ? [{ customer, address }] : [])),
  ),
  next: rows[0]?.position ?? null,
})

/** Puts the addresses into their customers. */
function toCustomers(rows: readonly Pick<ListRow, 'customer' | 'address'>[]): Customer[] {
  const customers: Customer[] = []
  for (const { customer, address } of rows) {
    if (customers.at(-1)?.id !== customer.id) customers.push(customer)
    if (address !== null) customers.at(-1)?.addresses.push(address)
  }
  return customers
}
