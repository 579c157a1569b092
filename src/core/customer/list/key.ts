import { type Fragment, join, raw, sql } from '#db/fragment'
import { addressColumns, findKeyColumns } from '#db/generated/column'
import type { AddressKeys, findKeyTable } from '#db/schema'
import type { Condition, Request, Scope, Source } from './condition.ts'
import { column, countOf, either, table, unionOf, whole } from './sql.ts'

type Kind = (typeof findKeyTable.$inferSelect)['kind']

const of = {
  tenant: raw(findKeyColumns.tenant),
  kind: raw(findKeyColumns.kind),
  value: raw(findKeyColumns.value),
  customerId: raw(findKeyColumns.customerId),
}

/** Only listed customers have keys. */
export const hasKeys = ({ parts }: Scope): boolean => !parts.includes(false)

/** The customers who have a key. @param value a text, or an expression of one. */
export function withKey({ tenant }: Scope, kind: Kind, value: string | Fragment): Condition {
  const isIt = sql`${of.tenant} = ${tenant} and ${of.kind} = ${kind} and ${of.value} = ${value}`
  const rows = ({ most, direction, within }: Request) =>
    sql`select ${of.customerId} as id from find_key where ${isIt} and ${within(of.customerId)}
      order by ${of.customerId} ${raw(direction)} limit ${whole(most)}`
  return {
    // A scalar subquery: for an `exists`, the planner may read all who have the key to hash them.
    holds: sql`(select true from find_key where ${isIt} and ${of.customerId} = ${column('id', 'c')} limit 1) is true`,
    reads: 'index',
    source: { order: 'id', rows, carries: false, isExact: true, isListed: true },
    range: null,
  }
}

/** A text with which keys begin, or which they are. */
export type Start = { readonly text: string; readonly isWhole: boolean }

export const starting = (texts: readonly string[]): Start[] =>
  texts.map((text) => ({ text, isWhole: false }))

const isSo = ({ text, isWhole }: Start): Fragment =>
  isWhole
    ? sql`${of.value} = ${text}`
    : sql`${of.value} like ${`${text.replace(/[\\%_]/g, '\\$&')}%`}`

/** The ids of customers with such a key. */
const having = (
  { tenant }: Scope,
  kind: Kind,
  start: Start,
  { most, within }: Pick<Request, 'most' | 'within'>,
): Fragment =>
  sql`(select ${of.customerId} as id from find_key
    where ${of.tenant} = ${tenant} and ${of.kind} = ${kind} and ${isSo(start)} and ${within(of.customerId)}
    order by ${of.value}, ${of.customerId} limit ${whole(most)})`

/** The ids of customers with any of such keys. @param isExact whether that is the condition, and not a part of it. */
export const startSource = (
  scope: Scope,
  kind: Kind,
  starts: readonly Start[],
  isExact = true,
): Source => ({
  order: null,
  rows: (request) => {
    const all = unionOf(starts.map((start) => having(scope, kind, start, request)))
    return sql`select id from (${all}) k limit ${whole(request.most)}`
  },
  carries: false,
  isExact,
  isListed: true,
})

/**
 * The ids of a set who are in another one, too; all of the set if either is not read to its end, for then it is not known who is in both.
 */
export const narrowed = (set: Source, by: Source): Source => ({
  ...set,
  rows: (request) => {
    const isCut = (name: string) => sql`${countOf(name)} >= ${whole(request.most)}`
    const tables = [
      table('wide', set.rows(request)),
      table('other', sql`select id from (${by.rows(request)}) o where not (${isCut('wide')})`),
    ]
    return sql`with ${join(tables, ', ')}
      select id from wide where ${isCut('wide')} or ${isCut('other')} or id in (select id from other)`
  },
})

/** Whether `c` has an address `a` that passes a test. */
export const hasAddress = ({ tenant }: Scope, test: Fragment, more = sql``): Fragment =>
  sql`(select true from address a ${more} where a.${raw(addressColumns.tenant)} = ${tenant}
    and a.${raw(addressColumns.customerId)} = ${column('id', 'c')} and ${test} limit 1) is true`

/**
 * Whether `c` has an address whose keys pass a test. @param fields those of the address with the keys. @param test what of the keys `k` is
 * tested; see `hasKey`.
 */
export function hasAddressWith(
  scope: Scope,
  fields: readonly (keyof AddressKeys)[],
  test: Fragment,
): Fragment {
  const keys = fields.map((field) => `a.${addressColumns.keys} ->> '${field}'`)
  const lines = raw(`concat_ws(E'\\n', '', ${keys.join(', ')}, '')`)
  return hasAddress(scope, test, sql`cross join lateral (select ${lines} as lines offset 0) k`)
}

/** Whether there is such a key among `k`. */
const hasKey = (kind: Kind, { text, isWhole }: Start): Fragment =>
  sql`strpos(k.lines, ${`\n${kind} ${text}${isWhole ? '\n' : ''}`}) > 0`

export const hasAnyKey = (kind: Kind, starts: readonly Start[]): Fragment =>
  either(starts.map((start) => hasKey(kind, start)))
