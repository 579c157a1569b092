import { type Fragment, joinFragments, rawFragment, sqlFragment } from '#db/fragment'
import { customerColumns, listEntryColumns } from '#db/generated/column'

/** A customer's column and the column of its entry have the same name. */
const names = { ...customerColumns, ...listEntryColumns }
export type CustomerColumn = keyof typeof names

/** The columns of an entry that a list can test within an index: every index of entries includes them. */
export const carriedColumns = [
  'id',
  'status',
  'orderCount',
  'totalSpent',
  'lastOrderKey',
  'updatedAt',
  'groupKeys',
  'emailVerified',
] as const satisfies readonly (keyof typeof listEntryColumns)[]

/** A column of the customer or of its entry. @param of the alias of its table. */
export const columnFragment = (name: CustomerColumn, of?: string): Fragment =>
  rawFragment(of === undefined ? names[name] : `${of}.${names[name]}`)

export const columnFragments = (names: readonly CustomerColumn[], of?: string): Fragment =>
  joinFragments(
    names.map((name) => columnFragment(name, of)),
    ', ',
  )

/** A bound that no set reaches. Only the deadline ends such a read. */
export const NO_BOUND = 2 ** 31 - 1

/** A list of texts as one parameter; a bare array would become a list of parameters. */
export const textArrayParameter = (list: readonly string[]): Fragment =>
  sqlFragment`${list}::text[]`

/** A number of the service's own, written into the statement so that the planner knows it. */
export const literalNumber = (n: number): Fragment => rawFragment(String(n))

export const every = (tests: readonly Fragment[]): Fragment =>
  tests.length === 0 ? sqlFragment`true` : joinFragments(tests, ' and ')

export const either = (tests: readonly Fragment[]): Fragment =>
  tests.length === 0 ? sqlFragment`false` : sqlFragment`(${joinFragments(tests, ' or ')})`

/** One of the tables that a statement is built of. Postgres computes it only as far as it is read. */
export const materializedTable = (name: string, body: Fragment): Fragment =>
  sqlFragment`${rawFragment(name)} as materialized (${body})`

export const rowCountOfTable = (name: string): Fragment =>
  sqlFragment`(select count(*) from ${rawFragment(name)})`

export const unionAllOf = (queries: readonly Fragment[]): Fragment =>
  joinFragments(queries, ' union all ')
