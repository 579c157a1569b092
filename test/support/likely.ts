import fc from 'fast-check'
import * as z from 'zod'
import { anyText } from './any-text.ts'

/** Texts that have broken a parser somewhere. */
export const nasty: readonly string[] = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfff',
  '\u200b',
  '\u202e',
  '\ufeff',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'NaN',
  'Infinity',
  '-0',
  '1e999',
  '9'.repeat(400),
  'x'.repeat(100_000),
  '%',
  '%00',
  '%f',
  '[',
  '(?<',
  '\\',
  '{"a":',
  'http://',
  'https://[',
  'https://a:99999999/',
  'https://%',
  'https://xn--',
  'https://\u0000',
  'a@',
  '@',
  'a@xn--a',
  `a@${'a.'.repeat(200)}com`,
  'a@b@c.example',
  '+',
  '+0',
  '+1',
  '+999999999999999999999999',
  '+1 415 555 1234 x 5',
  'en-',
  'x-',
  'i-klingon',
  'en-US-u-ca-',
  'a'.repeat(36),
  '-99999w',
  '-1d',
  'yesterday',
  'Z',
  '2026-01-01',
  '2026-01-01T',
  '2026-13-01T00:00:00Z',
  '2026-02-30T00:00:00Z',
  '2026-06-30T23:59:60Z',
  '2026-06-30T24:00:00Z',
  '2026-06-30T23:59:59+24:00',
  '2026-06-30T23:59:59.1234567890123Z',
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00+14:00',
  '9999-12-31T23:59:59-12:00',
  '+010000-01-01T00:00:00Z',
  '-000001-01-01T00:00:00Z',
  '２０２６-01-01T00:00:00Z',
  'ＵＳ',
  'ß',
  'İ',
  '😀'.repeat(300),
  'e\u0301'.repeat(5000),
  'cust_0000000000000000000000000\u0000',
]

const numbers = [
  0,
  -0,
  -1,
  1.5,
  2 ** 31,
  2 ** 53,
  -(2 ** 63),
  1e300,
  Number.NaN,
  Number.POSITIVE_INFINITY,
]

/** An object in place of a text or a list, with a length that cannot be compared. JSON can have it. */
const oddLength = { length: { toString: null, valueOf: null } }

const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withSet: true,
  withTypedArray: true,
})
const text = fc.oneof(fc.constantFrom(...nasty), anyText())
/** Any value. */
export const stranger: fc.Arbitrary<unknown> = fc.oneof(
  anything,
  text,
  fc.constantFrom(...numbers, null, undefined, oddLength),
)

/** Values that pass the outer parts of a schema more often than not, so that its inner parts are asked too. */
export function likely(schema: z.core.$ZodType, depth = 0): fc.Arbitrary<unknown> {
  if (depth > 6) return stranger
  return fc.oneof({ weight: 4, arbitrary: fitting(schema, depth + 1) }, stranger)
}

function fitting(schema: z.core.$ZodType, depth: number): fc.Arbitrary<unknown> {
  const inside = (one: z.core.$ZodType) => likely(one, depth)
  if (schema instanceof z.ZodObject) {
    const fields = Object.entries(schema.shape as z.core.$ZodShape).map(([key, one]) => [
      key,
      inside(one),
    ])
    return fc.record(Object.fromEntries(fields), { requiredKeys: [] })
  }
  if (schema instanceof z.ZodArray) return fc.array(inside(schema.element), { maxLength: 4 })
  if (schema instanceof z.ZodUnion) return fc.oneof(...schema.options.map(inside))
  if (schema instanceof z.ZodRecord) return fc.dictionary(text, inside(schema.valueType))
  if (schema instanceof z.ZodPipe) {
    const { in: first, out } = schema
    return inside(first instanceof z.ZodTransform ? out : first)
  }
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)
    return inside(schema.unwrap())
  if (schema instanceof z.ZodDefault) return inside(schema.unwrap())
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options)
  if (schema instanceof z.ZodLiteral) return fc.constantFrom(...schema.values)
  if (schema instanceof z.ZodNumber) return fc.oneof(fc.constantFrom(...numbers), fc.integer())
  if (schema instanceof z.ZodBoolean) return fc.boolean()
  return text
}
