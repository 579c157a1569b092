import * as z from 'zod'

/** Also one with a fraction, so that the schema can ask for a whole number. */
const NUMBER = /^-?\d{1,16}(?:\.\d{1,16})?$/

type Shape = Readonly<Record<string, z.ZodType>>

/**
 * A query string with these parameters. Its values are text; they are strictly read as numbers, booleans or lists where the schema has
 * those. Unknown parameters and repeated parameters that are no list are refused. The schema is told how each parameter is written.
 */
export const querySchema = <S extends Shape>(shape: S) =>
  z.strictObject(
    Object.fromEntries(
      Object.entries(shape).map(([name, schema]) => [name, fromText(name, schema)]),
    ) as {
      [N in keyof S]: z.ZodPreprocess<S[N]>
    },
  )

function fromText(name: string, schema: z.ZodType): z.ZodType {
  const kind = kindOf(schema)
  if (kind === 'array') return z.preprocess(toList, schema)
  if (isKeyed(schema)) return z.preprocess(keyed(name), schema)
  if (kind === 'number') return z.preprocess(once(toNumber), schema)
  if (kind === 'boolean') return z.preprocess(once(toBoolean), schema)
  return z.preprocess(
    once((value) => value),
    schema,
  )
}

/** The value of a parameter that is no list. */
const once =
  (read: (value: unknown) => unknown) =>
  (value: unknown, ctx: z.core.$RefinementCtx): unknown =>
    Array.isArray(value) ? refuse(ctx, value, repeated) : read(value)

const repeated = { code: 'repeated', message: 'Send this parameter once.' }

/** The values of parameters that begin with this name and go on with a key. */
const keyed =
  (name: string) =>
  (value: unknown, ctx: z.core.$RefinementCtx): unknown => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      const message = `Write \`${name}.<key>=<value>\`.`
      return value === undefined ? value : refuse(ctx, value, { code: 'invalid_type', message })
    }
    const twice = Object.entries(value).filter(([, one]) => Array.isArray(one))
    for (const [key] of twice) refuse(ctx, value, { ...repeated, path: [key] })
    return value
  }

type Fault = { readonly code: string; readonly message: string; readonly path?: string[] }

function refuse(ctx: z.core.$RefinementCtx, input: unknown, { code, ...fault }: Fault) {
  ctx.addIssue({ code: 'custom', input, params: { code }, ...fault })
  return z.NEVER
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
  if (schema instanceof z.ZodPipe) {
    const isRead = schema.in instanceof z.ZodTransform
    return kindOf((isRead ? schema.out : schema.in) as z.ZodType)
  }
  return def.type
}

/** Whether the document says that the parameter is an object, each of whose keys is a parameter of its own. */
function isKeyed(schema: z.ZodType): boolean {
  if (schema instanceof z.ZodOptional) return isKeyed(schema.unwrap() as z.ZodType)
  return Object(schema.meta()?.param).style === 'deepObject'
}
