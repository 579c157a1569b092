import { describe, expect, test } from 'vitest'
import { inputProblemsOf } from '#kernel/input-problems-of-error'
import { fieldNamesAt } from '#kernel/schema-field-names'
import { startTestApp } from '../support/app.ts'
import { inputSchemas } from '../support/input-schema.ts'
import { addressOf, samples } from '../support/sample.ts'

const app = await startTestApp()

const queries = inputSchemas.flatMap(({ key, query }) =>
  query === undefined || key.includes('/oauth/') ? [] : [{ key, query }],
)
const lists = new Set(['id', 'group', 'groupNot', 'status', 'type'])

describe('a repeated parameter that is no list is refused', () => {
  test.each(queries)('$key', ({ query }) => {
    for (const name of fieldNamesAt(query, []).filter(
      (one) => !lists.has(one) && one !== 'metadata',
    )) {
      const input = { [name]: ['10', '20'] }
      const { error } = query.safeParse(input)
      expect(error && inputProblemsOf(error, input, query, { part: 'parameter' })).toContainEqual({
        path: name,
        code: 'repeated',
        message: 'Send this parameter once.',
      })
    }
  })
})

describe('a position that is none of the list names its parameter', () => {
  const paged = queries.flatMap(({ key, query }) => {
    const name = fieldNamesAt(query, []).find((one) => one === 'cursor' || one === 'after')
    return name === undefined ? [] : [{ key, name }]
  })
  test.each(paged)('$key', async ({ key, name }) => {
    const sample = await samples[key]?.(app)
    if (sample === undefined) throw new Error(`${key} has no sample`)
    const [method, path] = addressOf(key, { ...sample, query: `?${name}=evt_x` })
    const { status, body } = await app.call(method, path)
    expect([status, body.code, body.errors]).toEqual([
      422,
      'invalid_cursor',
      [expect.objectContaining({ path: name, code: 'invalid_cursor' })],
    ])
    if (name === 'after') expect(body.errors[0].message).toContain('id of an event')
  })
})

test.each([
  ['/event?cursor=x', 'There is no such parameter. Did you mean `after`?'],
  ['/customer?after=x', 'There is no such parameter. Did you mean `cursor`?'],
  ['/customer?metadata=gold', 'Write `metadata.<key>=<value>`.'],
  ['/customer?metadata.tier=a&metadata.tier=b', 'Send this parameter once.'],
  ['/customer?status=activ', /^Must be one of .* Did you mean `active`\?$/],
  ['/customer?sort=foo', /`email:asc`, `email:desc`\.$/],
  ['/customer?consent=marketing:yes', /`granted`, `pending` or `withdrawn`/],
  [
    '/customer?createdAfter=-99999999d',
    /a number of hours, days or weeks before now, up to 99,999/,
  ],
])('%s: %s', async (path, message) => {
  const { status, body } = await app.call('GET', path)
  expect([status, body.errors?.length]).toEqual([422, 1])
  expect(body.errors[0].message).toEqual(
    typeof message === 'string' ? message : expect.stringMatching(message),
  )
  expect(body.errors[0].path).not.toContain('0')
})

test('the id of an event that is not stored names its parameter', async () => {
  const { status, body } = await app.call('GET', '/event?after=evt_01jz5qk8f3e8ar1vp0h2n4x6ab')
  expect([status, body.code, body.errors]).toEqual([
    404,
    'event_not_found',
    [{ path: 'after', code: 'event_not_found', message: 'No stored event has this id.' }],
  ])
})
