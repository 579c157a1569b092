import { type Fragment, join, raw, sql } from '#db/fragment'
import { customerColumns } from '#db/generated/column'

/** A column of the customer's table, as its name in the database. */
export type CustomerColumn = keyof typeof customerColumns

/** What a list can judge by without leaving an index: every index of lists carries these columns, or is of them. */
export const carried = [
  'id',
  'status',
  'country',
  'orderCount',
  'totalSpent',
  'lastOrderKey',
  'updatedAt',
] as const satisfies readonly CustomerColumn[]

/** A column of the customer. @param of the alias of its table. */
export const column = (name: CustomerColumn, of?: string): Fragment =>
  raw(of === undefined ? customerColumns[name] : `${of}.${customerColumns[name]}`)

export const columns = (names: readonly CustomerColumn[], of?: string): Fragment =>
  join(
    names.map((name) => column(name, of)),
    ', ',
  )

/** A list of texts as one parameter; a bare array would become a list of parameters. */
export const texts = (list: readonly string[]): Fragment => sql`${list}::text[]`

/** A number of ours, written into the statement, so that the planner knows it. */
export const whole = (n: number): Fragment => raw(String(n))

export const every = (tests: readonly Fragment[]): Fragment =>
  tests.length === 0 ? sql`true` : join(tests, ' and ')

export const either = (tests: readonly Fragment[]): Fragment =>
  tests.length === 0 ? sql`false` : sql`(${join(tests, ' or ')})`

/** One of the tables that a statement is built of; it is worked out no further than it is read. */
export const table = (name: string, body: Fragment): Fragment =>
  sql`${raw(name)} as materialized (${body})`

export const countOf = (name: string): Fragment => sql`(select count(*) from ${raw(name)})`

export const unionOf = (queries: readonly Fragment[]): Fragment => join(queries, ' union all ')
