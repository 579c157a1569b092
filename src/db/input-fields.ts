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

/** The columns of the fields that a caller may write, under the names of the fields. */
export const inputColumns = <F extends Fields, C extends object>(fields: F, columns: C) =>
  Object.fromEntries(
    inputNames(fields).map((name) => [name, columns[fields[name]?.column as keyof C]]),
  ) as {
    readonly [N in InputName<F>]: F[N] extends { readonly column: infer K extends keyof C }
      ? C[K]
      : never
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
