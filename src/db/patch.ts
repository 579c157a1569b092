import { type Column, type GetColumnData, or, type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { sqlType } from './sql-type.ts'

/** A field of a PATCH: its column, and its new value if the caller names it. */
export type Change = {
  readonly column: AnyPgColumn
  readonly to: unknown
  /** The condition of the change; default: the caller names the field. */
  readonly when?: SQL
}

/** The value has the type of its column. */
type Fitting<C> = {
  readonly [N in keyof C]: C[N] extends { readonly column: infer P extends Column }
    ? { readonly to: GetColumnData<P> | SQL }
    : never
}

type Patch<C> = {
  /** For `set` of an update: the new value of a named field, else the old one. */
  readonly set: { readonly [N in keyof C]: SQL }
  /** Whether any field differs from its new value. */
  readonly differs: SQL
  /** For each field that has a change stamp: whether it changes. */
  readonly stamps: readonly { readonly field: string; readonly differs: SQL }[]
}

/**
 * The changes of a PATCH. A field that the caller does not name stays as it is, and its new value is ignored.
 * @param named the parameter with the names of the fields.
 */
export function patchOf<C extends Readonly<Record<string, Change>>>(
  named: readonly string[],
  changes: C & Fitting<C>,
): Patch<C> {
  const entries = Object.entries<Change>(changes).map(([field, { column, to, when }]) => {
    const applies = when ?? isFieldNamed(named, field)
    return {
      field,
      set: sql`case when ${applies} then ${to} else ${column} end`,
      differs: sqlType.flag(sql`(${applies} and ${column} is distinct from ${to})`),
    }
  })
  return {
    set: Object.fromEntries(entries.map(({ field, set }) => [field, set])) as Patch<C>['set'],
    differs: or(...entries.map(({ differs }) => differs)) ?? sql`false`,
    stamps: entries.map(({ field, differs }) => ({ field, differs })),
  }
}

/** The changes of fields to the values of the parameters with their names. */
export const changesFromParameters = <C extends Readonly<Record<string, AnyPgColumn>>>(
  columns: C,
  values: { readonly [N in keyof C]: unknown },
) =>
  Object.fromEntries(
    Object.entries(columns).map(([field, column]) => [field, { column, to: values[field] }]),
  ) as { readonly [N in keyof C]: Change }

/** Whether the caller names a field. */
export const isFieldNamed = (named: readonly string[], field: string) =>
  sqlType.flag(sql`(${sql.raw(`'${field}'`)} = any(${named}))`)

/** An object whose values are texts, after a patch of it: null removes (RFC 7396). */
export const mergePatch = (target: AnyPgColumn, patch: Readonly<Record<string, unknown>>) =>
  sqlType.jsonb<Readonly<Record<string, string>>>()(sql`jsonb_strip_nulls(${target} || ${patch})`)

/** The number of keys of an object, without a subquery: most calls do not need it, and a subquery costs before it runs. */
export const keyCount = (object: SQL | AnyPgColumn) =>
  sqlType.int(sql`jsonb_array_length(jsonb_path_query_array(${object}, '$.*'))`)
