import { type Fragment, join, raw, sql } from '#db/fragment'
import { customerColumns, listEntryColumns } from '#db/generated/column'

/** A customer's column and the column of its entry have the same name. */
const names = { ...customerColumns, ...listEntryColumns }
export type CustomerColumn = keyof typeof names

/** The columns of an entry that a list can test within an index: every index of entries includes them. */
export const carried = [
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
export const column = (name: CustomerColumn, of?: string): Fragment =>
  raw(of === undefined ? names[name] : `${of}.${names[name]}`)

export const columns = (names: readonly CustomerColumn[], of?: string): Fragment =>
  join(
    names.map((name) => column(name, of)),
    ', ',
  )

/** More rows than any set has: it is read to its end, and the deadline bounds it. */
export const ALL = 2 ** 31 - 1

/** A list of texts as one parameter; a bare array would become a list of parameters. */
export const texts = (list: readonly string[]): Fragment => sql`${list}::text[]`

/** A number of the service's own, written into the statement so that the planner knows it. */
export const whole = (n: number): Fragment => raw(String(n))

export const every = (tests: readonly Fragment[]): Fragment =>
  tests.length === 0 ? sql`true` : join(tests, ' and ')

export const either = (tests: readonly Fragment[]): Fragment =>
  tests.length === 0 ? sql`false` : sql`(${join(tests, ' or ')})`

/** One of the tables that a statement is built of. Postgres computes it only as far as it is read. */
export const table = (name: string, body: Fragment): Fragment =>
  sql`${raw(name)} as materialized (${body})`

export const countOf = (name: string): Fragment => sql`(select count(*) from ${raw(name)})`

export const unionOf = (queries: readonly Fragment[]): Fragment => join(queries, ' union all ')
