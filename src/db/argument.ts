import { type AnyColumn, getTableName, is, isSQLWrapper, type SQL, sql, Table } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { encodePgValue } from './encode.ts'
import type { Expression } from './sql-type.ts'

/**
 * The possible arguments of a parameter: a value, or an expression or a column of its type. A bare `sql` would fit any type; an
 * `Expression` has its own.
 */
export type Arg<T> = T | Expression<T> | SQL.Aliased<T> | ColumnOf<T>

/** A nullable column is accepted only for a nullable argument. */
type ColumnOf<T> = null extends T
  ? AnyColumn<{ data: NonNullable<T> }>
  : AnyColumn<{ data: T; notNull: true }>

/** A JSON object or list. It excludes expressions, which `object` would accept. */
export type Json = Readonly<Record<string, unknown>> | readonly unknown[]

export type RowOf<T extends PgTable> = T['$inferSelect']

/** A whole row: of the table, of an alias of it, or of an expression. */
export type Row<T extends PgTable> = TableOf<T> | Expression<RowOf<T>>
/** `Row` that may be null. */
export type RowOrNull<T extends PgTable> = Row<T> | Expression<RowOf<T> | null> | null

type TableOf<T extends PgTable> = PgTable & { readonly $inferSelect: RowOf<T> }

/** An argument by its key in TypeScript, its name in the function and its type in PostgreSQL. */
export type Parameter = readonly [key: string, name: string, pgType: string]

/** `name(…)` with arguments by position. After an absent argument, the rest are passed by name. */
export function invocation(
  name: string,
  parameters: readonly Parameter[],
  args: Readonly<Record<string, unknown>>,
): SQL {
  const given: SQL[] = []
  let isGap = false
  for (const [key, own, pgType] of parameters) {
    const value = args[key]
    if (value === undefined) isGap = true
    else given.push(isGap ? sql`${sql.raw(own)} => ${write(value, pgType)}` : write(value, pgType))
  }
  return sql`${sql.raw(name)}(${sql.join(given, sql`, `)})`
}

function write(value: unknown, pgType: string): SQL {
  if (is(value, Table)) return sql`${sql.identifier(getTableName(value))}.*`
  if (isSQLWrapper(value)) return sql`${value}`
  return sql`${sql.param(encodePgValue(value, pgType))}`
}
