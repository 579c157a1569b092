import { getTableColumns, is, Param, SQL, sql, type WithSubquery } from 'drizzle-orm'
import { type AnyPgColumn, PgColumn, type PgTable } from 'drizzle-orm/pg-core'
import { drizzle } from 'drizzle-orm/pg-proxy'
import type { RefusalCode } from '#kernel/error'
import { sqlType } from './sql-type.ts'

/** Builds statements without a connection: a use case is a list of them. */
export const db = drizzle(
  () => Promise.reject(new Error('a statement of a use case is not awaited')),
  { casing: 'snake_case' },
)

/** The reasons that roll a commit back: a refusal, a key that was answered before, a job that was done before, or a lost race. */
type Ending = RefusalCode | 'idempotency_replay' | 'job_done' | 'try_again'

/** A condition of a refusal that says more than its code. The detail comes from the rows of the condition. */
type Detailed = { readonly when: SQL | undefined; readonly detail: SQL }

/**
 * Ends the transaction with the first code whose condition is true; No change is kept. An unknown condition (NULL) counts as
 * false. A detail is stored with its condition, so every refusal by this condition has it.
 */
export function refuseWhen(
  conditions: Readonly<Partial<Record<Ending, SQL | Detailed | undefined>>>,
  /** The rows of the conditions: `from … where …`. Without it they are tested once. */
  from: SQL = sql``,
): SQL {
  const all = Object.entries(conditions).map(([code, is]) =>
    is === undefined || is instanceof SQL ? { code, when: is } : { code, ...is },
  )
  const cases = all.map(({ code, when }) => sql`when ${when} then ${code}`)
  const code = sql`case ${sql.join(cases, sql` `)} end as code`
  const details = all.flatMap((one) => ('detail' in one ? [one] : []))
  if (details.length === 0) {
    return sql`select refuse(code) from (select ${code} ${from}) refusal where code is not null`
  }
  const columns = details.map(({ code, detail }) => sql`${detail} as ${sql.identifier(code)}`)
  const told = details.map(({ code }) => sql`when ${code} then ${sql.identifier(code)}`)
  return sql`select refuse(code, case code ${sql.join(told, sql` `)} end) from (select ${code}, ${sql.join(columns, sql`, `)} ${from}) refusal where code is not null`
}

/**
 * Evaluates an expression for its effect: the call of a function, a lock. @param when without it, always. It is SQL by hand, for the
 * builder selects only from something, and PostgreSQL would make a join of a condition with `exists`: its cached plan may scan.
 */
export const evaluateForEffect = (expression: SQL, when: SQL = sql`true`) =>
  sql`select ${expression} where ${when}`

/** Whether an optional parameter was given. */
export const isArgumentGiven = (value: unknown) => sqlType.flag(sql`(${value} is not null)`)
export const differs = (a: unknown, b: unknown) => sqlType.flag(sql`(${a} is distinct from ${b})`)

/** Whether a column has one of the values of a parameter. */
export const isAnyOf = (column: AnyPgColumn, values: readonly unknown[] | null) =>
  sqlType.flag(sql`(${column} = any(${values}))`)

/** The values that may be written into a column: a value, an expression or a column of its type. */
export type Source<T> = T | SQL<T> | SQL<NonNullable<T>> | AnyPgColumn<{ data: NonNullable<T> }>
type Sources<T extends PgTable> = {
  readonly [K in keyof T['$inferInsert']]: Source<T['$inferInsert'][K]>
}

const Columns = Symbol.for('drizzle:Columns')

/**
 * `insert … select` of the named columns, one row for each row of `from`. Drizzle's own needs every column of the table in its order,
 * including defaults and generated columns (drizzle-orm issues 3608, 3971).
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

/** A column that an insert leaves out, but that `on conflict … do update` sets. */
const left = (column: PgColumn) =>
  Object.create(column, { shouldDisableInsert: { value: () => true } })

/** Columns under their own names: a selection of a table, of an alias or of a `with`. */
export const pick = <C, K extends keyof C>(columns: C, ...names: K[]): Pick<C, K> =>
  Object.fromEntries(names.map((name) => [name, columns[name]])) as Pick<C, K>

/** The columns of a table, of an alias of it, or of a `with`. */
export type ColumnsOf<T extends PgTable> = {
  readonly [K in keyof T['_']['columns']]: AnyPgColumn<
    Pick<T['_']['columns'][K]['_'], 'data' | 'notNull'>
  >
}
