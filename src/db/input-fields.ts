import type * as z from 'zod'
import type { InputName } from './field.ts'

type Field = {
  readonly view: z.core.$ZodType
  readonly input?: z.core.$ZodType
  readonly column?: PropertyKey | undefined
}
type Fields = Readonly<Record<string, Field>>

const inputNames = (fields: Fields): string[] =>
  Object.keys(fields).filter((name) => fields[name]?.input !== undefined)

/** The names of the fields that a caller may write. */
export const writableFieldNames = <F extends Fields>(fields: F) =>
  inputNames(fields) as InputName<F>[]

/**
 * The columns of the fields that a caller may write. A field has the name of its column, because statements write a value into the
 * column with its name. A field without such a column does not compile.
 */
export const inputColumns = <F extends Fields, C extends { readonly [N in InputName<F>]: unknown }>(
  fields: F,
  columns: C,
) =>
  Object.fromEntries(inputNames(fields).map((name) => [name, columnOf(name, columns)])) as {
    readonly [N in InputName<F>]: F[N] extends { readonly column: N } ? C[N] : never
  }

function columnOf<C extends object>(name: string, columns: C) {
  if (!(name in columns)) throw new TypeError(`the field ${name} has no column with its name`)
  return columns[name as keyof C]
}

/** The value of each field in the input; null where the input does not name it. */
export const inputValues = <F extends Fields, I extends object>(fields: F, input: I) =>
  Object.fromEntries(inputNames(fields).map((name) => [name, input[name as keyof I] ?? null])) as {
    readonly [N in InputName<F> & keyof I]-?: Exclude<I[N], undefined> | Absent<I[N]>
  }

/** Null if the value may be absent. */
type Absent<T> = undefined extends T ? null : never

/** The fields that an input names. */
export const fieldsInInput = <F extends Fields>(fields: F, input: object) =>
  inputNames(fields).filter(
    (name) => input[name as keyof typeof input] !== undefined,
  ) as InputName<F>[]
