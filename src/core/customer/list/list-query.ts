import { type Fragment, rawFragment, sqlFragment } from '#db/fragment'
import { type ListPart, listPartOfKey, type SortKey } from '../sort.ts'
import { type Condition, type Conditions, inScope, isWithinRange, type Range } from './condition.ts'
import { columnValueInPart, listPartsThatMayMatch } from './part-by-order-count.ts'
import { carriedColumns, columnFragment, columnFragments, every } from './sql.ts'

/** What one page may read: numbers of rows, or their costs (see `cost.ts`). */
export type Bounds = {
  /** How many rows are read in list order before a set is tried. They fill most pages. */
  readonly near: number
  /** The cost of the rows in order, in all. */
  readonly scan: number
  /** The cost of the rows of all sets together. A set has the customers that meet one condition. */
  readonly sets: number
  /** After an empty page: the ids of each set that are joined. */
  readonly joined: number
  /** After an empty page: the cost of the rows that are in all of these sets. */
  readonly wide: number
  /** After one empty page: the cost of the rows in order. */
  readonly far: number
  /** After two empty pages: the ids of each set that are joined with rows in order. */
  readonly joinedLast: number
  /** After two empty pages: the cost of the rows in order. */
  readonly last: number
  /** Rows ahead, to find the rarest of several conditions from the position on. */
  readonly probe: number
  /** Entries of the indexes of names, for all words of a misspelt search together. */
  readonly named: number
  /** Customers whom a misspelt search considers: those with the fewest wrong words, the newest first. */
  readonly likely: number
}

/**
 * How much work the next page may do. 0: the usual. 1: the sets are too large, so they are skipped. 2: the last page was empty. 3: so was the one with effort 2.
 */
type Effort = 0 | 1 | 2 | 3

/**
 * The key of a row in the sort column (null: it has none), its id, and the effort. Where a search may be a guess, the number of wrong words in
 * the row's name: 0 while no customer has matched it as typed; left out once one has.
 */
export type Position = readonly [
  key: string | number | null,
  id: string,
  effort: Effort,
  wrong?: number,
]

export type ListQuery = {
  readonly conditions: Conditions
  readonly currency: string
  readonly sort: SortKey
  readonly limit: number
  /** The row after which the page begins. */
  readonly after: Position | null
  readonly bounds: Bounds
}

/**
 * Ranges of the sort column bound the scan itself. A row of the position's part is past one bound already. A second test of that could
 * make the index start at the bound and not at the position.
 */
export function sortColumnTests(query: ListQuery, part: ListPart, isAfter: boolean): Fragment[] {
  const { sort } = query
  const passed = sort.direction === 'asc' ? { above: [] } : { below: [] }
  return ownRanges(query).map((range) =>
    isWithinRange({ ...range, ...(isAfter ? passed : {}) }, columnValueInPart(part, sort.column)),
  )
}

/** Finds customers with orders without a scan of the others, which may be many more. */
const SOME_ORDERS: Range = { column: 'orderCount', above: [sqlFragment`> 0`], below: [] }

function ownRanges({ conditions, sort }: ListQuery): Range[] {
  const known = conditions.scope.orders.includes('none') ? [] : [SOME_ORDERS]
  const all = [...conditions.all.flatMap(({ range }) => range ?? []), ...known]
  return all.filter(({ column }) => column === sort.column)
}

/** The other conditions, which are tested row by row. */
export const conditionsBesideSortColumn = ({ conditions, sort }: ListQuery): Condition[] =>
  conditions.all.filter(({ range }) => range?.column !== sort.column)

export const allowedEffortOf = ({ after }: ListQuery): Effort => after?.[2] ?? 0

/** The number of the part in which the position is; 0 before the first row. */
export function partIndexOfPosition({ sort, conditions, after }: ListQuery): number {
  const parts = listPartsThatMayMatch(sort, conditions.scope)
  if (after === null || parts.length === 1) return 0
  return Math.max(0, parts.indexOf(listPartOfKey(sort, after[0])))
}

type OrderOptions = { readonly key?: Fragment; readonly reversed?: boolean }

/** The order of rows (part, key, id). */
export function sortOrderOfList(sort: SortKey, { reversed = false }: OrderOptions = {}): Fragment {
  const way = rawFragment((sort.direction === 'asc') === reversed ? 'desc' : 'asc')
  return sqlFragment`part ${rawFragment(reversed ? 'desc' : 'asc')}, key ${way}, id ${way}`
}

/** The test whether a row comes after the position of the page. The row must be in the same part of the list (with or without a sort key). */
export function isAfter({ sort, after }: ListQuery, key: Fragment, id: Fragment): Fragment {
  if (after === null) return sqlFragment`true`
  const beyond = rawFragment(sort.direction === 'asc' ? '>' : '<')
  if (sort.column === 'id' || after[0] === null) return sqlFragment`${id} ${beyond} ${after[1]}`
  return sqlFragment`(${key}, ${id}) ${beyond} (${after[0]}::${rawFragment(sort.type)}, ${after[1]})`
}

/** Tests of the id, in the index by the number of orders: there a test of the id skips rows. Other indexes would be read whole. */
export const idRangeTests = (query: ListQuery, part: ListPart): Fragment[] =>
  part === 'none' || query.sort.column === 'orderCount' ? idRange(query, columnFragment('id')) : []

/** Tests of an id by the ranges of the filter. */
const idRange = ({ conditions }: ListQuery, id: Fragment): Fragment[] =>
  conditions.all.flatMap(({ range }) => (range?.column === 'id' ? isWithinRange(range, id) : []))

/** The test of the ids of rows that are still to come, as far as it is known. */
export const idAfterPositionTest =
  (query: ListQuery) =>
  (id: Fragment): Fragment =>
    every([...idRange(query, id), ...(query.sort.column === 'id' ? [isAfter(query, id, id)] : [])])

/** Adds the carried columns to rows that have an id. Rows outside the scope get nulls. */
export const withCarriedColumns = (
  { conditions }: { readonly conditions: Pick<Conditions, 'scope'> },
  rows: Fragment,
): Fragment =>
  sqlFragment`select x.*, ${columnFragments(
    carriedColumns.filter((name) => name !== 'id'),
    'i',
  )} from (${rows}) x left join lateral (
    select ${columnFragments(carriedColumns)} from list_entry where ${inScope(conditions.scope)} and ${columnFragment('id')} = x.id offset 0) i on true`

/** Whether a page may guess: while no customer has matched the search. */
export const mayGuessMisspeltWords = ({ conditions, after }: ListQuery): boolean =>
  conditions.guess !== null && (after === null || after[3] !== undefined)

/** Whether the position is among those whom the search may mean. */
export const isGuessing = (query: ListQuery): boolean =>
  mayGuessMisspeltWords(query) && !!query.after?.[3]
