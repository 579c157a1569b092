import * as z from 'zod'

/** Also one with a fraction, so that the schema can ask for a whole number. */
const NUMBER = /^-?\d{1,16}(?:\.\d{1,16})?$/

type Shape = Readonly<Record<string, z.ZodType>>

/**
 * A query string with these parameters. Its values are text; they are strictly read as numbers, booleans or lists where the schema has
 * those. Unknown parameters and repeated parameters that are no list are refused.
 */
export const querySchema = <S extends Shape>(shape: S) =>
  z.strictObject(
    Object.fromEntries(Object.entries(shape).map(([name, schema]) => [name, fromText(schema)])) as {
      [N in keyof S]: z.ZodPreprocess<S[N]>
    },
  )

function fromText(schema: z.ZodType): z.ZodType {
  const kind = kindOf(schema)
  if (kind === 'number') return z.preprocess(toNumber, schema)
  if (kind === 'boolean') return z.preprocess(toBoolean, schema)
  if (kind === 'array') return z.preprocess(toList, schema)
  return schema
}

const toNumber = (value: unknown): unknown =>
  typeof value === 'string' && NUMBER.test(value) ? Number(value) : value

const toBoolean = (value: unknown): unknown =>
  value === 'true' || value === 'false' ? value === 'true' : value

const toList = (value: unknown): unknown => (typeof value === 'string' ? [value] : value)

/** The type of a schema inside `optional` and `default`. */
function kindOf(schema: z.ZodType): string {
  const { def } = schema
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    return kindOf(schema.unwrap() as z.ZodType)
  }
  if (schema instanceof z.ZodPipe) return kindOf(schema.in as z.ZodType)
  return def.type
}
