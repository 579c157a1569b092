import { type SQL, sql } from 'drizzle-orm'

/** What a list can judge by without leaving an index: every index of lists carries these columns, or is of them. */
export const carried = [
  'id',
  'status',
  'country',
  'order_count',
  'total_spent',
  'last_order_key',
  'updated_at',
] as const

export const columns = (names: readonly string[]): SQL => sql.raw(names.join(', '))

/** A number of ours, written into the statement, so that the planner knows it. */
export const whole = (n: number): SQL => sql.raw(String(n))

export const every = (tests: readonly SQL[]): SQL =>
  tests.length === 0 ? sql`true` : sql.join([...tests], sql` and `)

export const either = (tests: readonly SQL[]): SQL =>
  tests.length === 0 ? sql`false` : sql`(${sql.join([...tests], sql` or `)})`

/** One of the tables that a statement is built of; it is worked out no further than it is read. */
export const table = (name: string, body: SQL): SQL =>
  sql`${sql.raw(name)} as materialized (${body})`

export const countOf = (name: string): SQL => sql`(select count(*) from ${sql.raw(name)})`

export const unionOf = (queries: readonly SQL[]): SQL => sql.join([...queries], sql` union all `)
