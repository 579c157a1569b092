import * as z from 'zod'

/** The names that an object has at a path of a schema. In a union, those of each object that may be there. */
export const fieldNamesAt = (schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] =>
  path
    .reduce<z.core.$ZodType[]>((all, key) => all.flatMap((one) => inner(one, key)), plain(schema))
    .flatMap((found) => (found instanceof z.ZodObject ? Object.keys(found.shape) : []))

function inner(schema: z.core.$ZodType, key: PropertyKey): z.core.$ZodType[] {
  if (schema instanceof z.ZodObject) {
    const field = Object.entries(schema.shape).find(([name]) => name === key)
    return field === undefined ? [] : plain(field[1])
  }
  if (schema instanceof z.ZodRecord) return plain(schema.valueType)
  return schema instanceof z.ZodArray ? plain(schema.element) : []
}

/** The schemas inside a wrapper: optional, default, nullable, pipe or union. */
function plain(schema: z.core.$ZodType): z.core.$ZodType[] {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodNullable
  ) {
    return plain(schema.unwrap())
  }
  if (schema instanceof z.ZodPipe) return [...plain(schema.in), ...plain(schema.out)]
  return schema instanceof z.ZodUnion ? schema.options.flatMap(plain) : [schema]
}
