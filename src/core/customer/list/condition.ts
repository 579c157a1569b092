import { type Fragment, rawFragment, sqlFragment } from '#db/fragment'
import type { SortColumn } from '../sort.ts'
import { columnFragment, every, unionAllOf } from './sql.ts'
import type { Guess } from './typo-guess.ts'

/** The customers that a list reads, of one tenant. */
export type ListScope = {
  readonly tenant: string
  /** The parts that it reads: those that are listed by default, the others, or both. An index of lists has one after the other. */
  readonly parts: readonly boolean[]
  /** Whether those who match may have orders, and whether they may have none. */
  readonly orders: readonly ('some' | 'none')[]
  /** The keys of the groups of `c` (text[]), where they are not those that are stored. */
  readonly groupKeys?: Fragment | undefined
}

export type SourceRequest = {
  readonly most: number
  readonly direction: 'asc' | 'desc'
  /** The test of an id by all that is known beforehand. */
  readonly within: (id: Fragment) => Fragment
}

/**
 * Yields the ids that meet a condition. It may yield an id twice, and ids of customers outside the scope. It neither yields nor reads more
 * than `most` rows.
 */
export type IdSource = {
  /** The ids come in the order of this column, then of the id; null: in another order. */
  readonly order: SortColumn | null
  readonly rows: (request: SourceRequest) => Fragment
  /** Fewer ids that still include all who meet the condition, for more work. */
  readonly narrowed?: (request: SourceRequest) => Fragment
  /** Whether the rows have the carried columns, or only an id. */
  readonly carries: boolean
  /** Whether each yielded id meets the condition; else some do not. */
  readonly isExact: boolean
  /** Whether it yields nobody who is not listed. */
  readonly isListed?: boolean
  /** The source of exactly those who meet the condition, where that is more work: a count takes it. */
  readonly exact?: IdSource
  /** Whether the source yields a row without an id if it was cut. Its rows may be fewer than `most` even then. */
  readonly marksCut?: true
}

/** The bounds of a column: comparisons without their left side. */
export type Range = {
  readonly column: SortColumn
  readonly above: readonly Fragment[]
  readonly below: readonly Fragment[]
}

/** One condition of a filter: as a test of a row, and as a source of ids. */
export type Condition = {
  /** The test of `c`, an entry or another row with its columns. */
  readonly holds: Fragment
  /** What the test reads besides `c`: a row of another index, or the customer's row, which is on another page. */
  readonly reads: 'nothing' | 'index' | 'table'
  readonly source: IdSource | null
  /** Null when the condition is not a range of a column. */
  readonly range: Range | null
}

/** The conditions of a filter in SQL, at one moment. */
export type Conditions = {
  readonly scope: ListScope
  /** The conditions that few customers are likely to meet come first. */
  readonly all: readonly Condition[]
  /** A few ids that include every match; null when they are not known. */
  readonly sure: Fragment | null
  /** What a search that matches nobody may mean; only lists guess. */
  readonly guess: Guess | null
}

export const isWithinRange = ({ above, below }: Omit<Range, 'column'>, value: Fragment): Fragment =>
  every([...above, ...below].map((test) => sqlFragment`${value} ${test}`))

export const inScope = ({ tenant, parts }: ListScope): Fragment =>
  every([
    sqlFragment`${columnFragment('tenant')} = ${tenant}`,
    sqlFragment`${columnFragment('listed')} in (${rawFragment(parts.join(', '))})`,
  ])

type Selection = {
  /** `list_entry` has the carried columns, `customer` the other ones. */
  readonly from?: 'customer' | 'list_entry'
  readonly select: Fragment
  readonly where: Fragment
  /** By selected columns, which begin an index of the table. */
  readonly order: Fragment
  readonly most: Fragment
}

/** The first customers of a scope in an order, with a bounded number of rows of each part. */
export function firstRowsOfScope(
  scope: ListScope,
  { from = 'customer', select, where, order, most }: Selection,
): Fragment {
  const parts = scope.parts.map(
    (part) => sqlFragment`select ${select} from ${rawFragment(from)}
      where ${inScope({ ...scope, parts: [part] })} and ${where} order by ${order} limit ${most}`,
  )
  const [only] = parts
  if (parts.length === 1 && only !== undefined) return only
  const all = unionAllOf(parts.map((part) => sqlFragment`(${part})`))
  return sqlFragment`select * from (${all}) b order by ${order} limit ${most}`
}

/** A test of columns that entries do not have: it reads the row `s` of `c`. */
export const customerRowMeets = ({ tenant }: ListScope, test: Fragment): Fragment =>
  sqlFragment`(select ${test} from customer s where ${columnFragment('tenant', 's')} = ${tenant} and ${columnFragment('id', 's')} = ${columnFragment('id', 'c')}) is true`

const readCosts = ['nothing', 'index', 'table']

/** Whether a row meets all conditions, the cheapest tested first. */
export const meetsAll = (conditions: readonly Condition[]): Fragment =>
  every(
    conditions
      .toSorted((a, b) => readCosts.indexOf(a.reads) - readCosts.indexOf(b.reads))
      .map(({ holds }) => holds),
  )

/** Whether `c` has an entry in the scope of the list. Rows outside the scope have null as status. */
export const hasListEntry: Fragment = sqlFragment`${columnFragment('status', 'c')} is not null`

export const isListedAndMeetsAll = (conditions: readonly Condition[]): Fragment =>
  every([hasListEntry, meetsAll(conditions)])

/** The source of exactly those who meet a condition, if there is one. */
export const exactSourceOf = ({ source }: Condition): IdSource | null =>
  source?.isExact ? source : (source?.exact ?? null)

/** Whether the list has the customer with an id. */
export const hasListEntryWithId = (scope: ListScope, id: Fragment): Fragment =>
  sqlFragment`(select true from list_entry e where ${inScope(scope)} and ${columnFragment('id', 'e')} = ${id} limit 1) is true`
