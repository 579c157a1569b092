import { describe, expect, test } from 'vitest'
import { startTestApp } from '../support/app.ts'

const app = await startTestApp()
const { call } = app

const { id: customer } = (
  await call('POST', '/customer', { body: { email: 'moment@example.com' } })
).body
await call('POST', '/group', { body: { key: 'vip' } })
const webhook = (
  await call('POST', '/webhook', { body: { url: 'https://example.com/hook', events: ['*'] } })
).body.id

let version = 0
/** Every place where a time comes in. */
const places: readonly [string, (time: string) => ReturnType<typeof call>][] = [
  [
    'an order',
    (placedAt) =>
      call('PUT', `/customer/${customer}/order/o1`, {
        body: { total: 1, currency: 'USD', state: 'paid', placedAt, version: ++version },
      }),
  ],
  ['a replay', (after) => call('POST', `/webhook/${webhook}/replay`, { body: { after } })],
  [
    'the end of a replay',
    (before) =>
      call('POST', `/webhook/${webhook}/replay`, {
        body: { after: '0001-01-01T00:00:00Z', before },
      }),
  ],
  [
    'a membership',
    (expiresAt) =>
      call('POST', `/customer/${customer}/group`, { body: { group: 'vip', expiresAt } }),
  ],
  ...['created', 'updated', 'lastOrder'].flatMap((what) =>
    ['After', 'Before'].map((side): [string, (time: string) => ReturnType<typeof call>] => [
      `the filter ${what}${side}`,
      (time) => call('GET', `/customer?${what}${side}=${encodeURIComponent(time)}`),
    ]),
  ),
]

describe.each(places)('a time of %s', (_, ask) => {
  test.each([
    '',
    'yesterday',
    '2026-13-01T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '2026-06-30T23:59:60Z',
    '2026-06-30T24:00:00Z',
    '2026-06-30T23:59:59+25:00',
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+14:00',
    '9999-12-31T23:59:59-12:00',
    '+010000-01-01T00:00:00Z',
    '\u0000',
  ])('%j is refused', async (time) => {
    const { status, body } = await ask(time)
    expect([status, body.code]).toEqual([422, 'invalid_input'])
    expect(body.errors[0].code).toBe('invalid_format')
  })

  test.each([
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59.999Z',
    '2026-06-01T08:00:00.123456+05:30',
  ])('%s is no failure of ours', async (time) => {
    expect((await ask(time)).status).toBeOneOf([200, 201, 202, 422])
  })
})

test('a replay without its beginning lacks a field, and one from a text of another form says what it takes', async () => {
  const replay = async (body: object) =>
    (await call('POST', `/webhook/${webhook}/replay`, { body })).body.errors
  expect(await replay({})).toEqual([{ path: 'after', code: 'required', message: 'Is required.' }])
  expect(await replay({ after: 'yesterday' })).toEqual([
    {
      path: 'after',
      code: 'invalid_format',
      message: 'Must be the id of an event, or a date and time with a zone (RFC 3339).',
    },
  ])
})
