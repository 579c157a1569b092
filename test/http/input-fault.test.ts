import { describe, expect, test, vi } from 'vitest'
import { newId } from '#kernel/id'
import { startTestApp } from '../support/app.ts'
import { makeShopper } from '../support/shopper.ts'

const app = await startTestApp()
const { call } = app
const { id } = await makeShopper(app)

const ids = Array.from({ length: 1001 }, () => newId('customer', new Date()))
const order = {
  total: 2500,
  currency: 'USD',
  state: 'paid',
  placedAt: '2024-06-01T08:00Z',
  version: 1,
}
const address = { line1: '1 Main St', city: 'Berlin', postalCode: '10115', country: 'DE' }
const email = 'a@example.com'
const fault = (path: string, code: string, message: string) => ({ path, code, message })
const words = 'Must be text of at most 500 characters, without NUL.'

describe('each field that is wrong has one problem, at a field that was sent', () => {
  test.each<[string, string, object, object[]]>([
    [
      'POST',
      '/group/gg1/member',
      { add: ids },
      [fault('add', 'too_big', 'Must name at most 1,000 customers, together with `remove`.')],
    ],
    [
      'POST',
      '/group/gg1/member',
      { remove: ids },
      [fault('remove', 'too_big', 'Must name at most 1,000 customers, together with `add`.')],
    ],
    [
      'PUT',
      `/customer/${id}/order/1`,
      { ...order, total: -5 },
      [fault('total', 'too_small', 'Must not be negative.')],
    ],
    [
      'PUT',
      `/customer/${id}/order/1`,
      { ...order, total: 1e20 },
      [fault('total', 'too_big', 'Must be at most 10,000,000,000,000.')],
    ],
    [
      'PUT',
      `/customer/${id}/order/1`,
      { ...order, total: -1e20 },
      [fault('total', 'too_small', 'Must not be negative.')],
    ],
    [
      'PUT',
      `/customer/${id}/order/1`,
      { ...order, total: 0.5 },
      [fault('total', 'invalid_type', 'Must be a whole number of minor units.')],
    ],
    [
      'PUT',
      `/customer/${id}/order/1`,
      { ...order, refunded: 2501 },
      [fault('refunded', 'too_big', 'Must be at most `total`.')],
    ],
    [
      'PUT',
      `/customer/${id}/order/1`,
      { ...order, total: 'x', refunded: 2501 },
      [fault('total', 'invalid_type', 'Must be a whole number of minor units.')],
    ],
    [
      'PUT',
      `/customer/${id}/order/1`,
      { ...order, state: 'refunded' },
      [
        fault(
          'state',
          'invalid_value',
          'Must be `paid` or `canceled`. A refund changes `refunded`, and the order stays `paid`.',
        ),
      ],
    ],
    [
      'POST',
      `/customer/${id}/address`,
      { ...address, defaultFor: 'shipping' },
      [fault('defaultFor', 'invalid_type', 'Must be a list.')],
    ],
    [
      'POST',
      `/customer/${id}/address`,
      { line1: 'x', country: 'XX' },
      [expect.objectContaining({ path: 'country' })],
    ],
    [
      'POST',
      `/customer/${id}/address`,
      { line1: 'x', country: 'DE', label: 5 },
      ['label', 'city', 'postalCode'].map((path) => expect.objectContaining({ path })),
    ],
    [
      'POST',
      '/customer',
      { email, metadata: { a: 5, ok: 'x', b: null } },
      [
        fault('metadata.a', 'invalid_metadata', words),
        fault('metadata.b', 'invalid_metadata', words),
      ],
    ],
    [
      'PATCH',
      `/customer/${id}`,
      { metadata: { a: 5, b: null } },
      [fault('metadata.a', 'invalid_metadata', words)],
    ],
    [
      'POST',
      '/group',
      { key: 'a', metadata: { 'jane@example.com': 5 } },
      [fault('metadata.*', 'invalid_metadata', words)],
    ],
    [
      'POST',
      '/customer',
      { email: `${'x'.repeat(290)}@a.example` },
      [fault('email', 'invalid_email', 'Must have at most 64 bytes before the @.')],
    ],
    [
      'POST',
      '/customer',
      { email: `x@${'x.'.repeat(150)}example` },
      [fault('email', 'invalid_email', 'Must be an e-mail address of at most 254 bytes.')],
    ],
    [
      'POST',
      '/customer',
      { email: 'x' },
      [fault('email', 'invalid_email', 'Must be an e-mail address.')],
    ],
    [
      'POST',
      '/group',
      { key: 'r1', rule: { group: 'nope' } },
      [fault('rule.group', 'unknown_group', 'There is no group `nope`.')],
    ],
    [
      'POST',
      '/group',
      { key: 'r1', rule: { groupNot: ['Näh', 'jane@example.com'] } },
      [
        fault(
          'rule.groupNot',
          'unknown_group',
          expect.stringMatching(/^There is no group `janeexamplecom-[0-9a-f]{8}`\.$/),
        ),
        fault('rule.groupNot', 'unknown_group', 'There is no group `nah`.'),
      ],
    ],
    [
      'POST',
      '/group-preview',
      { rule: { group: 'nope' } },
      [fault('rule.group', 'unknown_group', 'There is no group `nope`.')],
    ],
  ])('%s %s with %.100j', async (method, path, body, errors) => {
    const answer = await call(method, path, { body })
    expect([answer.status, answer.body.errors]).toEqual([422, errors])
  })
})

test('groups that shoppers can enter are named with the filter that reads them', async () => {
  const open = { key: 'open', rule: { country: 'US' }, allowShopperValues: true }
  expect((await call('POST', '/group', { body: open })).status).toBe(201)
  for (const [path, body] of [
    ['/group', { key: 'r2', rule: { group: 'open' } }],
    ['/group-preview', { rule: { group: 'open' } }],
  ] as const) {
    const message = 'Shoppers can put themselves into the group `open`.'
    expect((await call('POST', path, { body })).body.errors).toEqual([
      fault('rule.group', 'shopper_group', message),
    ])
  }
})

test('a shopper is told the own way to change what only services send', async () => {
  const token = await app.shopperToken(id)
  const told = async (method: string, path: string, body: object) => {
    const answer = await call(method, path, { body, token })
    return [answer.status, answer.body.errors?.[0]]
  }
  const only = 'Only services may send this field.'
  expect(await told('PATCH', '/customer/me', { email })).toEqual([
    403,
    fault(
      'email',
      'services_only',
      `${only} A shopper changes the address with \`POST /auth/email/change\`.`,
    ),
  ])
  expect(await told('PATCH', '/customer/me', { externalId: 'x' })).toEqual([
    403,
    fault('externalId', 'services_only', only),
  ])
  expect(await told('POST', '/customer/me/address', { ...address, imported: true })).toEqual([
    403,
    fault('imported', 'services_only', `${only} A shopper sends the whole address without it.`),
  ])
})

test('no log has a path', async () => {
  const lines: unknown[] = []
  const spies = (['log', 'warn', 'error'] as const).map((level) =>
    vi.spyOn(console, level).mockImplementation((...line) => void lines.push(...line)),
  )
  const body = { email, metadata: { sparrow: 5 }, nightingale: 'x' }
  const { text } = await call('POST', '/customer', { body })
  for (const spy of spies) spy.mockRestore()
  expect(text).toMatch(/sparrow.*nightingale/)
  expect(lines.join('\n')).not.toMatch(/sparrow|nightingale/)
})

test('a logout that names no session is told what to send', async () => {
  for (const body of [undefined, {}]) {
    const answer = await call('POST', '/auth/logout', { body, token: null })
    expect([answer.status, answer.body.code, answer.body.detail]).toEqual([
      401,
      'unauthenticated',
      'The request names no session. Send its `refreshToken` in the body, or its access token in the `Authorization` header.',
    ])
  }
})
