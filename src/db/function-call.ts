import { getTableColumns, getTableName, type SQL, sql } from 'drizzle-orm'
import { alias, type PgColumn, type PgTable } from 'drizzle-orm/pg-core'
import { invocation, type Parameter } from './argument.ts'
import { Expression } from './sql-type.ts'
import type { Effect } from './statement.ts'

export type { Arg, Json, Row, RowOf, RowOrNull } from './argument.ts'

/** A call as an expression. `E` is its effect, which the type of a statement can read. */
export class FunctionCall<T, E extends Effect> extends Expression<T> {
  declare readonly effect?: E
}

/** A call that returns rows: `db.select(call.columns).from(call.from)`. `C` are its columns by their keys. */
export type TableCall<C, E extends Effect> = {
  readonly from: SQL
  readonly columns: { readonly [K in keyof C]: Expression<C[K]> }
  readonly effect?: E
}

/** A call that returns one row of a table: it is an expression, and also a table with that row. */
export type RowCall<R, E extends Effect> = FunctionCall<R, E> & TableCall<Fields<R>, E>

/** The columns of the row; all are null without a row. */
type Fields<R> = {
  [K in keyof NonNullable<R>]: null extends R ? NonNullable<R>[K] | null : NonNullable<R>[K]
}

type Args = Readonly<Record<string, unknown>>
/** The argument is optional if all its fields are. */
type Given<A> = Record<never, never> extends A ? [args?: A] : [args: A]
type Name = readonly [name: string, pgType: string]

export const scalarFunction =
  <A extends Args, T, E extends Effect>(
    name: string,
    parameters: readonly Parameter[],
    pgType: string,
  ) =>
  (...[args]: Given<A>): FunctionCall<T, E> =>
    new FunctionCall(invocation(name, parameters, args ?? {}), pgType)

/** `columns`: their keys, their names in PostgreSQL, and their types. */
export const rowsFunction =
  <A extends Args, C extends Args, E extends Effect>(
    name: string,
    parameters: readonly Parameter[],
    columns: Readonly<Record<keyof C, Name>>,
  ) =>
  (...[args]: Given<A>): TableCall<C, E> => {
    const own = sql.identifier(name)
    const names = Object.values<Name>(columns).map(([column]) => sql`${sql.identifier(column)}`)
    return {
      // `as`: without it, the list of columns would read as a call.
      from: sql`${invocation(name, parameters, args ?? {})} as ${own} (${sql.join(names, sql`, `)})`,
      columns: mapFields<keyof C, Name>(
        columns,
        ([column, pgType]) => new Expression(sql`${own}.${sql.identifier(column)}`, pgType),
      ),
    }
  }

/** One row of a table. `R` may be null. */
export const oneRowFunction =
  <A extends Args, R, E extends Effect>(
    name: string,
    parameters: readonly Parameter[],
    table: PgTable,
  ) =>
  (...[args]: Given<A>): RowCall<R, E> => {
    const call = invocation(name, parameters, args ?? {})
    return Object.assign(
      new FunctionCall<R, E>(call, getTableName(table)),
      tableCall<Fields<R>>(call, name, table),
    )
  }

/** Many rows of a table. */
export const tableRowsFunction =
  <A extends Args, R, E extends Effect>(
    name: string,
    parameters: readonly Parameter[],
    table: PgTable,
  ) =>
  (...[args]: Given<A>): TableCall<R, E> =>
    tableCall<R>(invocation(name, parameters, args ?? {}), name, table)

function tableCall<R>(call: SQL, name: string, table: PgTable) {
  const columns = getTableColumns(alias(table, name)) as Readonly<Record<keyof R, PgColumn>>
  return {
    from: sql`${call} ${sql.identifier(name)}`,
    columns: mapFields<keyof R, PgColumn>(columns, (column) => {
      const field = new Expression<never>(sql`${column}`, pgTypeOf(column))
      field.mapWith(column)
      return field
    }),
  }
}

/** The type without a collation, which an expression does not need. */
const pgTypeOf = (column: PgColumn): string => column.getSQLType().replace(/ collate .*/, '')

/** Maps fields to expressions of `never`, which fit every type: the caller names the real ones. */
const mapFields = <K extends PropertyKey, V>(
  fields: Readonly<Record<K, V>>,
  map: (field: V) => Expression<never>,
) =>
  Object.fromEntries(
    Object.entries<V>(fields).map(([key, field]) => [key, map(field)]),
  ) as Readonly<Record<K, Expression<never>>>
