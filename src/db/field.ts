import type { Column, GetColumnData, SQL } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type * as z from 'zod'

type ColumnsOf<T extends PgTable> = T['_']['columns']

/** A field of the API that is a column of the table. Its view has the type of the column. */
type ColumnField<T extends PgTable> = {
  readonly [K in keyof ColumnsOf<T>]: {
    readonly column: K
    readonly view: z.ZodType<GetColumnData<ColumnsOf<T>[K]>>
    /** The values that a caller may write; without it, none. */
    readonly input?: z.ZodType
  }
}[keyof ColumnsOf<T>]

/** A field that is computed from several columns or from other rows. */
type ComputedField = { readonly column?: undefined; readonly view: z.ZodType }

/** The field list of a noun: all fields of the API, in its order. Documents, inputs and events follow from it. */
export type FieldsOf<T extends PgTable> = Readonly<
  Record<string, (ColumnField<T> | ComputedField) & Policy>
>

/** The rules of a field. */
type Policy = {
  /** A merge fills it where the survivor has no value. */
  readonly merge?: 'fill'
  /** A claim of the account deletes the value, because someone other than the owner may have written it. */
  readonly claim?: 'drop'
  /** Events carry it. */
  readonly event?: true
  /** Shoppers may write it, not only services. */
  readonly shopper?: true
}

type Fields = Readonly<
  Record<string, { readonly view: z.ZodType; readonly column?: PropertyKey | undefined }>
>

/** The shape of the schema of the document. */
export const viewShape = <F extends Fields>(fields: F) =>
  mapFields(fields, ({ view }) => view) as { readonly [N in keyof F]: F[N]['view'] }

/** The names of the fields that have an input. */
export type InputName<F> = {
  [N in keyof F]: F[N] extends { readonly input: z.ZodType } ? N : never
}[keyof F]

/** The shape of the schema of an input. */
export const inputShape = <F extends Fields>(fields: F) =>
  mapFields(fields, (field) => ('input' in field ? field.input : undefined)) as {
    readonly [N in InputName<F>]: F[N] extends { readonly input: infer I } ? I : never
  }

const mapFields = (
  fields: Fields,
  of: (field: Fields[string]) => unknown,
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) => {
      const made = of(field)
      return made === undefined ? [] : [[name, made]]
    }),
  )

/** The fields with a policy, in their order. */
export function fieldsWithPolicy<F extends Fields, const P extends Policy>(fields: F, policy: P) {
  const [[key, value] = []] = Object.entries(policy)
  const chosen = Object.entries(fields).filter(([, field]) =>
    Object.entries(field).some(([k, v]) => k === key && v === value),
  )
  return Object.fromEntries(chosen) as {
    readonly [N in keyof F as F[N] extends P ? N : never]: F[N]
  }
}

/** The names of fields, in their order. */
export const fieldNames = <F extends Fields>(fields: F) =>
  Object.keys(fields) as (keyof F & string)[]

/** The names of the fields that are computed. */
type ComputedName<F> = {
  [N in keyof F]: F[N] extends { readonly column: PropertyKey } ? never : N
}[keyof F]

type Selected<F, C, X> = {
  readonly [N in keyof F]: F[N] extends { readonly column: infer K extends keyof C }
    ? C[K]
    : N extends keyof X
      ? X[N]
      : never
}

/**
 * The field list as a selection of Drizzle, in its order: it reads a row, and `jsonbOf` makes the same document in SQL.
 * @param computed an expression for each field that is no column.
 */
export function selectionOf<
  F extends Fields,
  C extends object,
  X extends { readonly [N in ComputedName<F>]: Column | SQL },
>(fields: F, columns: C, computed: X): Selected<F, C, X> {
  const entries = Object.entries(fields).map(([name, { column }]) => [
    name,
    column === undefined ? computed[name as keyof X] : columns[column as keyof C],
  ])
  return Object.fromEntries(entries) as Selected<F, C, X>
}
