import type { CustomerSort } from '../../src/core/customer/sort.ts'
import type { Customers } from './customers.ts'
import type { TextColumn } from './number-and-text-column.ts'

/** The key of a row; NaN: it has none, and comes last in both directions. */
type KeyOf = (row: number) => number

/** Before all who have an order. */
const NOTHING_SPENT = Number.NEGATIVE_INFINITY

const keys = {
  createdAt: (customers) => (row) => customers.createdAt.at(row),
  updatedAt: (customers) => (row) => customers.updatedAt.at(row),
  totalSpent:
    ({ orderCount, totalSpent }) =>
    (row) =>
      orderCount.at(row) === 0 ? NOTHING_SPENT : totalSpent.at(row),
  orderCount: (customers) => (row) => customers.orderCount.at(row),
  lastOrderAt: (customers) => (row) => customers.lastOrderAt.at(row),
  firstName: ({ firstNameKey }) => placeOf(firstNameKey),
  lastName: ({ lastNameKey }) => placeOf(lastNameKey),
  email: ({ emailKey }) => placeOf(emailKey),
} as const satisfies Readonly<Record<string, (customers: Customers) => KeyOf>>

/** The orders of all customers. Each is computed once. */
export class SortedRows {
  private readonly customers: Customers
  private readonly known = new Map<string, Uint32Array>()

  constructor(customers: Customers) {
    this.customers = customers
  }

  of(sort: CustomerSort): Uint32Array {
    const known = this.known.get(sort) ?? rowsIn(sort, this.customers)
    this.known.set(sort, known)
    return known
  }
}

/** Rows are in the order of their ids, so a row decides between equal keys. */
function rowsIn(sort: CustomerSort, customers: Customers): Uint32Array {
  const [field, direction] = sort.split(':')
  const [, make] = Object.entries(keys).find(([name]) => name === field) ?? []
  if (make === undefined) throw new Error(`the reference knows no order ${sort}`)
  const keyOf = make(customers)
  const rows = new Uint32Array(customers.size).map((_, row) => row)
  const key = new Float64Array(customers.size).map((_, row) => keyOf(row))
  const at = (row: number) => key[row] ?? Number.NaN
  const some = rows.filter((row) => !Number.isNaN(at(row)))
  const none = rows.filter((row) => Number.isNaN(at(row)))
  some.sort((a, b) => (at(a) < at(b) ? -1 : at(a) > at(b) ? 1 : a - b))
  const parts = direction === 'asc' ? [some, none] : [some.reverse(), none.reverse()]
  return joined(parts)
}

function joined(parts: readonly Uint32Array[]): Uint32Array {
  const rows = new Uint32Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    rows.set(part, at)
    at += part.length
  }
  return rows
}

/** The place of a row's text among all texts, which are compared byte by byte. An empty text is none. */
function placeOf(texts: TextColumn): KeyOf {
  const inBytes = texts.distinct.map(bytesOf)
  const places = new Float64Array(inBytes.length)
  const codes = [...inBytes.keys()].sort((a, b) => compare(inBytes[a] ?? '', inBytes[b] ?? ''))
  codes.forEach((code, place) => {
    places[code] = inBytes[code] === '' ? Number.NaN : place
  })
  return (row) => places[texts.codeAt(row)] ?? Number.NaN
}

/** The bytes of a text in UTF-8 as characters: so they compare as bytes do. */
const bytesOf = (text: string | null): string => Buffer.from(text ?? '').toString('latin1')

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
