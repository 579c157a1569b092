import { type Fragment, joinFragments, rawFragment, sqlFragment } from '#db/fragment'
import { addressColumns, findKeyColumns } from '#db/generated/column'
import type { AddressKeys, findKeyTable } from '#db/schema'
import type { Condition, IdSource, ListScope, SourceRequest } from './condition.ts'
import {
  columnFragment,
  either,
  literalNumber,
  materializedTable,
  rowCountOfTable,
  unionAllOf,
} from './sql.ts'

type Kind = (typeof findKeyTable.$inferSelect)['kind']

const of = {
  tenant: rawFragment(findKeyColumns.tenant),
  kind: rawFragment(findKeyColumns.kind),
  value: rawFragment(findKeyColumns.value),
  customerId: rawFragment(findKeyColumns.customerId),
}

/** Only listed customers have keys. */
export const hasOnlyListedCustomers = ({ parts }: ListScope): boolean => !parts.includes(false)

/** The customers who have a key. @param value a text, or an expression of one. */
export function conditionOfFindKey(
  { tenant }: ListScope,
  kind: Kind,
  value: string | Fragment,
): Condition {
  const isIt = sqlFragment`${of.tenant} = ${tenant} and ${of.kind} = ${kind} and ${of.value} = ${value}`
  const rows = ({ most, direction, within }: SourceRequest) =>
    sqlFragment`select ${of.customerId} as id from find_key where ${isIt} and ${within(of.customerId)}
      order by ${of.customerId} ${rawFragment(direction)} limit ${literalNumber(most)}`
  return {
    // A scalar subquery: for an `exists`, the planner may read all who have the key to hash them.
    holds: sqlFragment`(select true from find_key where ${isIt} and ${of.customerId} = ${columnFragment('id', 'c')} limit 1) is true`,
    reads: 'index',
    source: { order: 'id', rows, carries: false, isExact: true, isListed: true },
    range: null,
  }
}

/** A text that is a whole key, or the beginning of keys. */
export type KeyStart = { readonly text: string; readonly isWhole: boolean }

export const toKeyStarts = (texts: readonly string[]): KeyStart[] =>
  texts.map((text) => ({ text, isWhole: false }))

const isSo = ({ text, isWhole }: KeyStart): Fragment =>
  isWhole
    ? sqlFragment`${of.value} = ${text}`
    : sqlFragment`${of.value} like ${`${text.replace(/[\\%_]/g, '\\$&')}%`}`

/** The ids of customers with such a key. */
const having = (
  { tenant }: ListScope,
  kind: Kind,
  start: KeyStart,
  { most, within }: Pick<SourceRequest, 'most' | 'within'>,
): Fragment =>
  sqlFragment`(select ${of.customerId} as id from find_key
    where ${of.tenant} = ${tenant} and ${of.kind} = ${kind} and ${isSo(start)} and ${within(of.customerId)}
    order by ${of.value}, ${of.customerId} limit ${literalNumber(most)})`

/** The ids of customers with any of such keys. @param isExact whether that is the condition, and not a part of it. */
export const keyStartSource = (
  scope: ListScope,
  kind: Kind,
  starts: readonly KeyStart[],
  isExact = true,
): IdSource => ({
  order: null,
  rows: (request) => {
    const all = unionAllOf(starts.map((start) => having(scope, kind, start, request)))
    return sqlFragment`select id from (${all}) k limit ${literalNumber(request.most)}`
  },
  carries: false,
  isExact,
  isListed: true,
})

/**
 * The ids that are in both sets. If one of the sets was not read to its end, all ids of the first set.
 */
export const intersectedSource = (set: IdSource, by: IdSource): IdSource => ({
  ...set,
  rows: (request) => {
    const isCut = (name: string) =>
      sqlFragment`${rowCountOfTable(name)} >= ${literalNumber(request.most)}`
    const tables = [
      materializedTable('wide', set.rows(request)),
      materializedTable(
        'other',
        sqlFragment`select id from (${by.rows(request)}) o where not (${isCut('wide')})`,
      ),
    ]
    return sqlFragment`with ${joinFragments(tables, ', ')}
      select id from wide where ${isCut('wide')} or ${isCut('other')} or id in (select id from other)`
  },
})

/** Whether `c` has an address `a` that passes a test. */
export const hasMatchingAddress = (
  { tenant }: ListScope,
  test: Fragment,
  more = sqlFragment``,
): Fragment =>
  sqlFragment`(select true from address a ${more} where a.${rawFragment(addressColumns.tenant)} = ${tenant}
    and a.${rawFragment(addressColumns.customerId)} = ${columnFragment('id', 'c')} and ${test} limit 1) is true`

/**
 * Whether `c` has an address whose keys pass a test. @param fields those of the address with the keys. @param test what of the keys `k` is
 * tested; see `hasKey`.
 */
export function hasAddressWithKeys(
  scope: ListScope,
  fields: readonly (keyof AddressKeys)[],
  test: Fragment,
): Fragment {
  const keys = fields.map((field) => `a.${addressColumns.keys} ->> '${field}'`)
  const lines = rawFragment(`concat_ws(E'\\n', '', ${keys.join(', ')}, '')`)
  return hasMatchingAddress(
    scope,
    test,
    sqlFragment`cross join lateral (select ${lines} as lines offset 0) k`,
  )
}

/** Whether there is such a key among `k`. */
const hasKey = (kind: Kind, { text, isWhole }: KeyStart): Fragment =>
  sqlFragment`strpos(k.lines, ${`\n${kind} ${text}${isWhole ? '\n' : ''}`}) > 0`

export const hasAnyKey = (kind: Kind, starts: readonly KeyStart[]): Fragment =>
  either(starts.map((start) => hasKey(kind, start)))
