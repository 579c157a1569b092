import { describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { type Access, accessByRoute, type RouteKey } from '../../src/http/access.ts'
import { home } from '../support/address-book.ts'
import { startTestApp } from '../support/app.ts'
import { makeShopper, someAddress } from '../support/shopper.ts'

const app = await startTestApp()
const { id } = await makeShopper(app)
const tokens = {
  service: await app.tokenWith(''),
  storefront: app.tokens.storefront,
  shopper: await app.shopperToken(id),
} as const
type Kind = keyof typeof tokens

const closed = (Object.entries(accessByRoute) as [RouteKey, Access][]).filter(
  ([, rule]) => !rule.open,
)
const kinds = Object.keys(tokens) as Kind[]

const ask = async (key: RouteKey, kind: Kind) => {
  const [method = '', path = ''] = key.split(' ')
  const concrete = path.replace(/\{\w+\}/g, newId('customer', new Date()))
  const { status, body } = await app.call(method, concrete, { token: tokens[kind] })
  return [status, body]
}

describe('each route says of what kind the token is, and what the route is for', () => {
  test.each(closed)('%s', async (key, rule) => {
    const callers = kinds.filter((kind) => rule[kind] !== undefined)
    for (const caller of kinds.filter((kind) => !callers.includes(kind))) {
      const [status, body] = await ask(key, caller)
      expect([status, body.code]).toEqual([403, 'caller_not_allowed'])
      expect(body).toMatchObject({ caller, callers })
      for (const kind of [caller, ...callers]) expect(body.detail).toContain(`a ${kind}`)
    }
    if (rule.service) {
      const [status, body] = await ask(key, 'service')
      expect([status, body.code]).toEqual([403, 'insufficient_scope'])
      expect(body).toMatchObject({ caller: 'service', scope: rule.service })
      expect(body.detail).toContain(rule.service)
    }
  })
})

test('a shopper who asks for another customer is told where its own account is', async () => {
  const other = await makeShopper(app)
  const { body } = await app.call('GET', `/customer/${other.id}`, { token: tokens.shopper })
  expect(body).toMatchObject({ caller: 'shopper', callers: ['service', 'shopper'] })
  expect(body.detail).toBe(
    'The token belongs to a shopper, which may use this route for its own account only: `/customer/me`. Only a service with the scope `customer:read` may use it for another account.',
  )
})

test('a service that may not call a route reads of no scope, because none would help', async () => {
  const { status, headers } = await app.call('GET', '/customer/me', { token: app.tokens.service })
  expect(status).toBe(403)
  expect(headers.get('WWW-Authenticate')).toMatch(/^Bearer (?!.*(?:error|scope)=)/)
})

test.each([
  ['email_unverified', '/auth/verify-email/resend', 'register'],
  ['customer_disabled', '/enable', 'disable'],
] as const)('a service reads its own advice: %s', async (code, advice, how) => {
  const customer = how === 'register' ? await register() : await disable()
  const { body } = await app.call('POST', `/customer/${customer}/session`, {
    token: app.tokens.service,
    body: {},
  })
  expect(body).toMatchObject({ code, detail: expect.stringContaining(advice) })
  expect(body.detail).not.toMatch(/the mail\b|Ask the shop/)
})

async function register(): Promise<string> {
  const { body } = await app.call('POST', '/customer', {
    token: app.tokens.service,
    body: { email: someAddress(), password: 'correct horse battery' },
  })
  return body.id
}

async function disable(): Promise<string> {
  const { id } = await makeShopper(app)
  await app.call('POST', `/customer/${id}/disable`, { token: app.tokens.service, body: {} })
  return id
}

test('a session that may not act for its account is told the scope', async () => {
  const session = { sid: newId('session', new Date()), jti: newId('request', new Date()) }
  const claims = { sub: id, client_id: `${app.tenant}-storefront`, tenant: app.tenant, scope: 'x' }
  const token = await app.runtime.identity.issuer.sign({ ...claims, ...session }, 600)
  const { body } = await app.call('GET', '/auth/me', { token })
  expect(body).toMatchObject({ code: 'insufficient_scope', caller: 'shopper', scope: 'account' })
})

test('a scope that only a part of a body needs is the one that is named', async () => {
  const answer = await app.call('POST', '/group/vip/member', {
    token: app.tokenWith('group:write'),
    body: { add: { filter: { minOrders: 1 } } },
  })
  expect(answer.body).toMatchObject({ code: 'insufficient_scope', scope: 'customer:read' })
  expect(answer.headers.get('WWW-Authenticate')).toContain('scope="customer:read"')
})

describe('a field that only services send is named', () => {
  const email = 'someone@example.com'
  const only = 'Only services may send this field.'
  test.each<[string, Kind, string, object, string]>([
    ['PATCH', 'shopper', '/customer/me', { externalId: 'a', firstName: 'J' }, 'externalId'],
    ['POST', 'shopper', '/customer/me/address', { ...home, imported: true }, 'imported'],
    [
      'POST',
      'storefront',
      '/customer',
      { email, password: 'x'.repeat(20), externalId: 'a' },
      'externalId',
    ],
    [
      'POST',
      'storefront',
      '/customer/guest',
      { email, address: { ...home, imported: true } },
      'address.imported',
    ],
  ])('%s of a %s at %s', async (method, caller, path, body, field) => {
    const answer = await app.call(method, path, { token: tokens[caller], body })
    expect([answer.status, answer.body.code]).toEqual([403, 'caller_not_allowed'])
    expect(answer.body.errors).toEqual([
      {
        path: field,
        code: 'services_only',
        message: field.endsWith('imported')
          ? `${only} A shopper sends the whole address without it.`
          : only,
      },
    ])
    expect(answer.body).toMatchObject({
      caller,
      detail: `The token belongs to a ${caller}. Only a service may send the fields that \`errors\` names.`,
    })
  })
})
