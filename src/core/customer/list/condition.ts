import { type Fragment, raw, sql } from '#db/fragment'
import type { SortColumn } from '../sort.ts'
import { column, every } from './sql.ts'

/** Where a list looks: the customers of one tenant that are listed by default, or the others. */
export type Scope = { readonly tenant: string; readonly listed: boolean }

export type Request = {
  readonly most: number
  readonly direction: 'asc' | 'desc'
  /** What else is known of the ids. */
  readonly within: (id: Fragment) => Fragment
}

/** Gives the ids for which a condition holds, and perhaps others, or some twice; never more than asked for, and reading no more. */
export type Source = {
  /** In the order of this column, then of the id; null when in another order. */
  readonly order: SortColumn | null
  readonly rows: (request: Request) => Fragment
  /** Whether the rows have what indexes carry, or only an id. */
  readonly carries: boolean
}

/** What a column is to be: comparisons without their left side. */
export type Range = {
  readonly column: SortColumn
  readonly above: readonly Fragment[]
  readonly below: readonly Fragment[]
}

/** One thing that a filter says, in the two forms that a list needs it in. */
export type Condition = {
  /** Whether it holds for `c`, a row with what indexes carry. */
  readonly holds: Fragment
  /** Where else that takes a look: at an entry of another index, at the customer's row, which is on a page of its own. */
  readonly looks: 'nowhere' | 'index' | 'table'
  readonly source: Source | null
  /** When it is a range of a column. */
  readonly range: Range | null
}

/** What a filter means in SQL, at one moment. */
export type Conditions = {
  readonly scope: Scope
  /** Those likely to hold for few come first. */
  readonly all: readonly Condition[]
  /** A handful of ids that it can be about at most. */
  readonly sure: Fragment | null
}

export const within = ({ above, below }: Omit<Range, 'column'>, value: Fragment): Fragment =>
  every([...above, ...below].map((test) => sql`${value} ${test}`))

export const inScope = ({ tenant, listed }: Scope): Fragment =>
  sql`${column('tenant')} = ${tenant} and ${column('listed')} = ${raw(String(listed))}`

/** Of `c`, what the indexes of lists do not carry. */
export const looksAt = ({ tenant }: Scope, test: Fragment): Fragment =>
  sql`(select ${test} from customer s where ${column('tenant', 's')} = ${tenant} and ${column('id', 's')} = ${column('id', 'c')}) is true`

const looking = ['nowhere', 'index', 'table']

/** Whether all hold, the cheapest judged first; what has an id only, and is in no index of this list, has no status. */
export function allHold(conditions: readonly Condition[]): Fragment {
  const cheapFirst = conditions.toSorted(
    (a, b) => looking.indexOf(a.looks) - looking.indexOf(b.looks),
  )
  return every([sql`${column('status', 'c')} is not null`, ...cheapFirst.map(({ holds }) => holds)])
}
