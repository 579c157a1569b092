import { getTableColumns, getTableName, type SQL, sql } from 'drizzle-orm'
import { alias, type PgColumn, type PgTable } from 'drizzle-orm/pg-core'
import { invocation, type Parameter } from './argument.ts'
import { Expression } from './kind.ts'
import type { Effect } from './statement.ts'

export type { Arg, Json, Row, RowOf, RowOrNull } from './argument.ts'

/** A call as an expression. `E` says what it does: the type of a statement can ask for it. */
export class Call<T, E extends Effect> extends Expression<T> {
  declare readonly effect?: E
}

/** A call that has rows: `db.select(it.columns).from(it.from)`. `C` are its columns by their keys. */
export type TableCall<C, E extends Effect> = {
  readonly from: SQL
  readonly columns: { readonly [K in keyof C]: Expression<C[K]> }
  readonly effect?: E
}

/** A call that gives one row of a table: an expression to hand on, and a table of that row. */
type RowCall<R, E extends Effect> = Call<R, E> & TableCall<Fields<R>, E>

/** Without a row, all its columns are null. */
type Fields<R> = {
  [K in keyof NonNullable<R>]: null extends R ? NonNullable<R>[K] | null : NonNullable<R>[K]
}

type Args = Readonly<Record<string, unknown>>
/** Nothing has to be given when everything may be left out. */
type Given<A> = Record<never, never> extends A ? [args?: A] : [args: A]
type Name = readonly [name: string, pgType: string]

export const scalar =
  <A extends Args, T, E extends Effect>(
    name: string,
    parameters: readonly Parameter[],
    pgType: string,
  ) =>
  (...[args]: Given<A>): Call<T, E> =>
    new Call(invocation(name, parameters, args ?? {}), pgType)

/** `columns`: by their keys, what PostgreSQL calls them and their types. */
export const rows =
  <A extends Args, C extends Args, E extends Effect>(
    name: string,
    parameters: readonly Parameter[],
    columns: Readonly<Record<keyof C, Name>>,
  ) =>
  (...[args]: Given<A>): TableCall<C, E> => {
    const own = sql.identifier(name)
    const names = Object.values<Name>(columns).map(([column]) => sql`${sql.identifier(column)}`)
    return {
      // `as`: what follows is no call of that function.
      from: sql`${invocation(name, parameters, args ?? {})} as ${own} (${sql.join(names, sql`, `)})`,
      columns: mapFields<keyof C, Name>(
        columns,
        ([column, pgType]) => new Expression(sql`${own}.${sql.identifier(column)}`, pgType),
      ),
    }
  }

/** One row of a table. `R` may be null. */
export const row =
  <A extends Args, R, E extends Effect>(
    name: string,
    parameters: readonly Parameter[],
    table: PgTable,
  ) =>
  (...[args]: Given<A>): RowCall<R, E> => {
    const call = invocation(name, parameters, args ?? {})
    return Object.assign(
      new Call<R, E>(call, getTableName(table)),
      tableCall<Fields<R>>(call, name, table),
    )
  }

/** Many rows of a table. */
export const rowsOf =
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
      const it = new Expression<never>(sql`${column}`, pgTypeOf(column))
      it.mapWith(column)
      return it
    }),
  }
}

/** Without a collation, which an expression has no need of. */
const pgTypeOf = (column: PgColumn): string => column.getSQLType().replace(/ collate .*/, '')

/** An expression of `never` fits every type: which one it has is the caller's to say. */
const mapFields = <K extends PropertyKey, V>(
  fields: Readonly<Record<K, V>>,
  map: (field: V) => Expression<never>,
) =>
  Object.fromEntries(
    Object.entries<V>(fields).map(([key, field]) => [key, map(field)]),
  ) as Readonly<Record<K, Expression<never>>>
