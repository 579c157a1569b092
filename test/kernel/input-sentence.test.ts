import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { inputProblemsOf } from '#kernel/input-problems-of-error'
import { fieldNamesAt } from '#kernel/schema-field-names'
import { loadAllRoutes } from '../../src/http/load-routes.ts'

/** The schemas of all bodies and queries. */
const read = (await loadAllRoutes()).flatMap(({ route: { key, request } }) => {
  const [media] = Object.values(request?.body?.content ?? {})
  const body = media !== undefined && 'schema' in media ? media.schema : undefined
  return [body, request?.query].flatMap((schema, i) =>
    schema instanceof z.ZodType ? [{ name: `${['body', 'query'][i]} of ${key}`, schema }] : [],
  )
})

const wrong = [
  undefined,
  null,
  true,
  -1,
  5.5,
  1e300,
  Number.NaN,
  '',
  'x',
  '\u0000',
  'x'.repeat(100_000),
  [],
  [null],
  ['x', 'x'],
  Array.from({ length: 3000 }, (_, i) => `x${i}`),
  {},
  { 'a b': 5, unknown: {} },
  Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`x${i}`, 'x'])),
]

/** Paths of fields, to some depth. */
const pathsOf = (schema: z.ZodType, path: readonly string[] = []): string[][] =>
  fieldNamesAt(schema, path).flatMap((name) => {
    const inner = [...path, name]
    return [inner, ...(inner.length < 3 ? pathsOf(schema, inner) : [])]
  })

const at = (path: readonly string[], value: unknown): unknown =>
  path.reduceRight((inner: unknown, name) => ({ [name]: inner }), value)

/** Whether an input has a value at a path; a name that is hidden, or one text that stands for a list, cannot be followed. */
const isSent = (input: unknown, path: string): boolean =>
  path === '' ||
  path.includes('*') ||
  path.split('.').reduce((inner: unknown, name) => Object(inner)[name], input) !== undefined

const librarys =
  /expected|received|Invalid|Unrecognized|Too (big|small)|\bZod|another (type|format)/

/** The examples of a schema, each with one field that is wrong. */
const withOneWrong = (schema: z.ZodType): unknown[] =>
  [schema.meta()?.examples ?? []]
    .flat()
    .flatMap((example) =>
      fieldNamesAt(schema, []).flatMap((name) =>
        wrong.map((value) => ({ ...Object(example), [name]: value })),
      ),
    )

describe('the library never speaks to a caller, and a field has one problem', () => {
  test.each(read)('in the $name', ({ schema }) => {
    const alone = [[], ...pathsOf(schema)].flatMap((path) => wrong.map((value) => at(path, value)))
    for (const input of [...alone, ...withOneWrong(schema)]) {
      const { error } = schema.safeParse(input)
      const problems = error === undefined ? [] : inputProblemsOf(error, input, schema)
      const paths = problems.map(({ path }) => path).filter((path) => !path.includes('*'))
      expect(paths).toEqual([...new Set(paths)])
      for (const { path, code, message } of problems) {
        if (code !== 'required') expect(isSent(input, path), path).toBe(true)
        expect(message).not.toMatch(librarys)
        expect(message).toMatch(/^[A-Z].*[.?]$/)
      }
    }
  })
})

const sorts = ['createdAt:asc', 'createdAt:desc', 'totalSpent:desc']
const many = Array.from({ length: 23 }, (_, i) => `kind${i}`)
const anyOf = z.union([z.strictObject({ kind: z.literal('a') }), z.strictObject({ n: z.int() })])

describe('each kind of problem has a sentence', () => {
  test.each<[z.ZodType, unknown, string, string]>([
    [z.number(), 'x', 'invalid_type', 'Must be a number.'],
    [z.int(), 5.5, 'invalid_type', 'Must be a whole number.'],
    [z.string(), 5, 'invalid_type', 'Must be a text.'],
    [z.boolean(), 'x', 'invalid_type', 'Must be `true` or `false`.'],
    [z.array(z.string()), 'x', 'invalid_type', 'Must be a list.'],
    [z.strictObject({}), [], 'invalid_type', 'Must be an object.'],
    [z.record(z.string(), z.string()), [], 'invalid_type', 'Must be an object.'],
    [z.string(), undefined, 'required', 'Is required.'],
    [z.literal('a'), undefined, 'required', 'Is required.'],
    [z.enum(sorts), undefined, 'required', 'Is required.'],
    [z.literal('a'), 'secret', 'invalid_value', 'Must be `a`.'],
    [
      z.enum(sorts),
      'totalSpend:desc',
      'invalid_value',
      'Must be one of `createdAt:asc`, `createdAt:desc`, `totalSpent:desc`. Did you mean `totalSpent:desc`?',
    ],
    [
      z.enum(many),
      'secret',
      'invalid_value',
      `Must be one of ${many
        .slice(0, 20)
        .map((one) => `\`${one}\``)
        .join(', ')} and 3 others.`,
    ],
    [z.int().max(100), 101, 'too_big', 'Must be at most 100.'],
    [z.int().min(1), 0, 'too_small', 'Must be at least 1.'],
    [z.number().positive(), 0, 'too_small', 'Must be more than 0.'],
    [z.string().min(1), '', 'too_small', 'Must have at least 1 character.'],
    [z.string().max(2), 'abc', 'too_big', 'Must have at most 2 characters.'],
    [z.string().length(2), 'abc', 'too_big', 'Must have exactly 2 characters.'],
    [z.array(z.string()).min(1), [], 'too_small', 'Must have at least 1 item.'],
    [z.number().multipleOf(5), 7, 'not_multiple_of', 'Must be a multiple of 5.'],
    [z.email(), 'x', 'invalid_format', 'Must be an e-mail address.'],
    [z.url(), 'x', 'invalid_format', 'Must be a URL.'],
    [z.iso.datetime(), 'x', 'invalid_format', 'Must be a time like `2024-06-01T08:00:00.000Z`.'],
    [z.union([z.string(), z.array(z.string())]), 5, 'invalid_union', 'Must be a text or a list.'],
    [anyOf, 'x', 'invalid_union', 'Must be an object.'],
    [
      z.union([z.literal('a'), z.literal('b')]),
      'secret',
      'invalid_value',
      'Must be one of `a`, `b`.',
    ],
    [z.string().refine(() => false), 'secret', 'custom', 'Is not allowed.'],
  ])('%#: %s', (schema, value, code, message) => {
    const input = { field: value }
    const whole = z.strictObject({ field: schema })
    const { error } = whole.safeParse(input)
    expect(error && inputProblemsOf(error, input, whole)).toEqual([
      { path: 'field', code, message },
    ])
  })

  test('what an answer calls otherwise is named as the request calls it', () => {
    const schema = z.strictObject({ group: z.string().optional() })
    const input = { key: 'vip' }
    const { error } = schema.safeParse(input)
    const message = 'There is no such field. Did you mean `group`?'
    expect(error && inputProblemsOf(error, input, schema)).toMatchObject([{ path: 'key', message }])
  })
})
