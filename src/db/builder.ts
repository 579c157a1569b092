import { getTableColumns, is, Param, SQL, sql, type WithSubquery } from 'drizzle-orm'
import { type AnyPgColumn, PgColumn, type PgTable } from 'drizzle-orm/pg-core'
import { drizzle } from 'drizzle-orm/pg-proxy'
import type { RefusalCode } from '#kernel/error'
import { kind } from './kind.ts'

/** Builds statements. It has nothing to run them on: a use case is a list of them. */
export const db = drizzle(
  () => Promise.reject(new Error('a statement of a use case is not awaited')),
  { casing: 'snake_case' },
)

/** What rolls a commit back besides a refusal: the key was answered before, another did the job, a race was lost. */
type Ending = RefusalCode | 'idempotency_replay' | 'job_done' | 'try_again'

/**
 * Ends the transaction with the first code whose condition holds, and nothing has happened. A condition that is unknown (NULL) does
 * not hold.
 */
export function refuseWhen(
  conditions: Readonly<Partial<Record<Ending, SQL | undefined>>>,
  /** What the conditions look at: `from … where …`. Without it they are asked once. */
  from: SQL = sql``,
): SQL {
  const cases = Object.entries(conditions).map(([code, holds]) => sql`when ${holds} then ${code}`)
  return sql`select refuse(code) from (select case ${sql.join(cases, sql` `)} end as code ${from}) refusal where code is not null`
}

/** Whether an optional parameter was given. */
export const given = (value: unknown) => kind.flag(sql`(${value} is not null)`)
export const differs = (one: unknown, other: unknown) =>
  kind.flag(sql`(${one} is distinct from ${other})`)

/** Whether a column has one of the values of a parameter. */
export const isAny = (column: AnyPgColumn, values: readonly unknown[] | null) =>
  kind.flag(sql`(${column} = any(${values}))`)

/** What may be written into a column: a value of its type, or an expression or a column that has it. */
export type Source<T> = T | SQL<T> | SQL<NonNullable<T>> | AnyPgColumn<{ data: NonNullable<T> }>
type Sources<T extends PgTable> = {
  readonly [K in keyof T['$inferInsert']]: Source<T['$inferInsert'][K]>
}

const Columns = Symbol.for('drizzle:Columns')

/**
 * `insert … select` of the named columns, a row for each row of `from`. Drizzle's own wants every column of the table, also those with
 * a default and those that are generated, in the order of the table (drizzle-orm issues 3608, 3971).
 */
export function insertFrom<T extends PgTable>(
  table: T,
  sources: Sources<T>,
  from: SQL,
  ctes: WithSubquery[] = [],
) {
  const columns = Object.entries(getTableColumns(table))
  const named = columns.filter(([name]) => name in sources)
  const inserted = columns.map(([name, column]) => [name, name in sources ? column : left(column)])
  const narrow: T = Object.create(table, { [Columns]: { value: Object.fromEntries(inserted) } })
  const values = named.map(([name, column]) => {
    const source: unknown = sources[name as keyof typeof sources]
    return is(source, SQL) || is(source, PgColumn)
      ? sql`${source}`
      : sql`${new Param(source, column)}`
  })
  return db
    .with(...ctes)
    .insert(narrow)
    .select(sql`select ${sql.join(values, sql`, `)} ${from}`)
}

/** A column that Drizzle does not insert, but updates where there is a conflict. */
const left = (column: PgColumn) =>
  Object.create(column, { shouldDisableInsert: { value: () => true } })

/** Columns under their own names: a selection of a table, of an alias or of a `with`. */
export const pick = <C, K extends keyof C>(columns: C, ...names: K[]): Pick<C, K> =>
  Object.fromEntries(names.map((name) => [name, columns[name]])) as Pick<C, K>

/** The columns of a table wherever they stand: in the table, an alias of it, or a `with`. */
export type ColumnsOf<T extends PgTable> = {
  readonly [K in keyof T['_']['columns']]: AnyPgColumn<
    Pick<T['_']['columns'][K]['_'], 'data' | 'notNull'>
  >
}
