import { type Fragment, raw, sql } from '#db/fragment'
import type { SortKey } from '../sort.ts'
import { type Condition, type Conditions, inScope, type Range, within } from './condition.ts'
import { carried, column, columns, every } from './sql.ts'

/** How many rows one page may look at. */
export type Bounds = {
  /** In order, before anything else is tried; most pages are full by then. */
  readonly near: number
  /** In order, in all. */
  readonly walk: number
  /** Of conditions that may hold for few, together. */
  readonly sets: number
  /** Ahead, to tell which of several conditions is the rarest from here on. */
  readonly probe: number
}

/** What a row has in the column that sorts, its id, and whether the conditions before it turned out to hold for many each. */
export type Position = readonly [key: string | number, id: string, noSets: boolean]

export type ListQuery = {
  readonly conditions: Conditions
  readonly currency: string
  readonly sort: SortKey
  readonly limit: number
  /** Goes on after this row. */
  readonly after: Position | null
  readonly bounds: Bounds
}

/**
 * Ranges of the column that sorts bound the walk itself. What comes after a position is past one bound anyway, and to say so again
 * could make the index start at that bound and not at the position.
 */
export function ownTests(query: ListQuery): Fragment[] {
  const { sort, after } = query
  const passed = sort.direction === 'asc' ? { above: [] } : { below: [] }
  return ownRanges(query).map((range) =>
    within({ ...range, ...(after === null ? {} : passed) }, column(sort.column)),
  )
}

const ownRanges = ({ conditions, sort }: ListQuery): Range[] =>
  conditions.all.flatMap(({ range }) => (range?.column === sort.column ? range : []))

/** All others are judged row by row. */
export const otherConditions = ({ conditions, sort }: ListQuery): Condition[] =>
  conditions.all.filter(({ range }) => range?.column !== sort.column)

/**
 * Ascending, the rows without what sorts are a second part, behind the rest: their index has them before it. A range of what sorts
 * leaves them out.
 */
export const hasTwoParts = (query: ListQuery): boolean =>
  query.sort.empty !== null && query.sort.direction === 'asc' && ownRanges(query).length === 0

type OrderOptions = { readonly key?: Fragment; readonly reversed?: boolean }

/** Of rows (part, key, id). */
export function inOrder(sort: SortKey, { reversed = false }: OrderOptions = {}): Fragment {
  const way = raw((sort.direction === 'asc') === reversed ? 'desc' : 'asc')
  return sql`part ${raw(reversed ? 'desc' : 'asc')}, key ${way}, id ${way}`
}

/** Whether a row of the position's part comes after it. */
export function isAfter({ sort, after }: ListQuery, key: Fragment, id: Fragment): Fragment {
  if (after === null) return sql`true`
  const beyond = raw(sort.direction === 'asc' ? '>' : '<')
  if (sort.column === 'id') return sql`${id} ${beyond} ${after[1]}`
  return sql`(${key}, ${id}) ${beyond} (${after[0]}::${raw(sort.type)}, ${after[1]})`
}

/** What is known of the ids of rows that are still to come. */
export const idsToCome =
  (query: ListQuery) =>
  (id: Fragment): Fragment => {
    const ranges = query.conditions.all.flatMap(({ range }) => range ?? [])
    const known = ranges.filter(({ column }) => column === 'id').map((range) => within(range, id))
    return every(query.sort.column === 'id' ? [...known, isAfter(query, id, id)] : known)
  }

/** How rows that have only an id come by what the indexes carry; those of other lists get nothing. */
export const withCarried = ({ conditions }: ListQuery, ids: Fragment): Fragment =>
  sql`select x.id, ${columns(
    carried.filter((name) => name !== 'id'),
    'i',
  )} from (${ids}) x left join lateral (
    select ${columns(carried)} from customer where ${inScope(conditions.scope)} and ${column('id')} = x.id offset 0) i on true`
