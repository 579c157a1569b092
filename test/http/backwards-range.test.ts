import { describe, expect, test } from 'vitest'
import { fieldNamesAt } from '#kernel/schema-field-names'
import { startTestApp } from '../support/app.ts'
import { inputSchemas } from '../support/input-schema.ts'

const app = await startTestApp()
const { call } = app

const ends = [
  [/^min(?=[A-Z])/, 'max'],
  [/After$/, 'Before'],
  [/^after$/, 'before'],
] as const

/** The fields of an input that are the two ends of one range. */
const rangesIn = (names: readonly string[]) =>
  names.flatMap((from) =>
    ends
      .filter(([end]) => end.test(from))
      .map(([end, other]) => ({ from, to: from.replace(end, other) }))
      .filter(({ to }) => names.includes(to)),
  )
const filters = rangesIn(
  fieldNamesAt(
    inputSchemas.find(({ key }) => key === 'POST /customer/search')?.body ?? never(),
    [],
  ),
)
function never(): never {
  throw new Error('no such route')
}

test('these inputs have ranges', () => {
  const found = inputSchemas.filter(({ body, query }) =>
    [body, query].some((schema) => schema && rangesIn(fieldNamesAt(schema, [])).length > 0),
  )
  expect(found.map(({ key }) => key).sort()).toEqual([
    'GET /customer',
    'POST /customer/search',
    'POST /webhook/{id}/replay',
  ])
  expect(filters).toHaveLength(5)
})

const isNumber = (name: string) => /^(min|max)/.test(name)
const backwards = ({ from, to }: { from: string; to: string }): Record<string, unknown>[] =>
  isNumber(from)
    ? [{ [from]: 5, [to]: 4 }]
    : [
        { [from]: '2026-02-02', [to]: '2026-02-01' },
        { [from]: '-1d', [to]: '-90d' },
        { [from]: '-24h', [to]: '-2w' },
      ]
const right = ({ from, to }: { from: string; to: string }): Record<string, unknown>[] =>
  isNumber(from)
    ? [{ [from]: 5, [to]: 5 }]
    : [
        { [from]: '2026-02-01', [to]: '2026-02-01' },
        { [from]: '-90d', [to]: '-1d' },
        // Time alone changes which of the two comes first.
        { [from]: '-1d', [to]: '2020-01-01' },
      ]

describe.each(filters)('$from and $to', ({ from, to }) => {
  const ways: Readonly<
    Record<string, (filter: Record<string, unknown>) => ReturnType<typeof call>>
  > = {
    list: (filter) =>
      call(
        'GET',
        `/customer?${new URLSearchParams(Object.entries(filter).map(([k, v]) => [k, String(v)]))}`,
      ),
    search: (body) => call('POST', '/customer/search', { body }),
    addition: (filter) => call('POST', '/group/ranged/member', { body: { add: { filter } } }),
    ...(/^updated/.test(from)
      ? {}
      : {
          rule: (rule: object) => call('POST', '/group', { body: { key: `ruled-${from}`, rule } }),
          preview: (rule: object) => call('POST', '/group-preview', { body: { rule } }),
        }),
  }
  test.each(Object.entries(ways))('%s', async (_, ask) => {
    for (const filter of backwards({ from, to })) {
      const { status, body } = await ask(filter)
      expect([status, body.errors?.length]).toEqual([422, 1])
      expect(body.errors[0]).toMatchObject({
        path: expect.stringMatching(new RegExp(`(^|\\.)${to}$`)),
        code: 'backwards_range',
        message: `Must not be ${from.startsWith('min') ? 'less than' : 'before'} \`${from}\`.`,
      })
    }
    for (const filter of right({ from, to })) {
      expect((await ask(filter)).body?.errors).toBeUndefined()
    }
  })
})

test('a replay', async () => {
  const hook = { url: 'https://shop.example/hook', events: ['*'] }
  const { id } = (await call('POST', '/webhook', { body: hook })).body
  const happened = async (email: string) => {
    app.advance(1000)
    const customer = (await call('POST', '/customer', { body: { email } })).body
    return (await call('GET', `/customer/${customer.id}/event`)).body.data[0].id
  }
  const [first, second] = [await happened('one@example.com'), await happened('two@example.com')]
  const replay = async (body: object) => {
    const answer = await call('POST', `/webhook/${id}/replay`, { body })
    return [answer.status, ...(answer.body.errors ?? []).map((one: { path: string }) => one.path)]
  }
  const [early, late, never] = ['2020-01-01T00:00Z', '2020-01-02T00:00Z', '9999-01-01T00:00Z']
  expect(await replay({ after: late, before: early })).toEqual([422, 'before'])
  expect(await replay({ after: second, before: first })).toEqual([422, 'before'])
  expect(await replay({ after: first, before: early })).toEqual([422, 'before'])
  expect(await replay({ after: never })).toEqual([422, 'after'])
  expect(await replay({ after: early, before: first })).toEqual([202])
  expect(await replay({ after: first, before: second })).toEqual([202])
  expect(await replay({ after: early, before: early })).toEqual([202])
  expect(await replay({ after: early, before: never })).toEqual([202])
})
