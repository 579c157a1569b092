import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startTestApp } from '../support/app.ts'
import { logIn, makeShopper } from '../support/shopper.ts'

const shop = 'https://shop.example'
const other = 'https://other.example'
const evil = 'https://evil.example'
const app = await startTestApp({ settings: { cors_origins: [shop] } })
const { request, call, tokens } = app
Object.assign(app.runtime.config.tenants.get(app.otherTenant) ?? {}, { cors_origins: [other] })
const shopper = await makeShopper(app)

const allowed = ({ headers }: { headers: Headers }) => headers.get('Access-Control-Allow-Origin')

type Asked = readonly [method: string, path: string, token: () => Promise<string>, body?: unknown]
const is = (token: string) => async () => token
const service = is(tokens.service)
const storefront = () => app.storefrontToken()
const asShopper = async () => (await logIn(app, shopper)).accessToken

/** Answers of every kind of one tenant: given, made, refused for the caller, the scope, the input, or because there is no such thing. */
const ofTenant: Readonly<Record<string, Asked>> = {
  'a list': ['GET', '/customer', service],
  'one that is made': ['POST', '/customer', service, { email: 'new@example.com' }],
  'one that is not there': ['GET', '/customer/cust_01jz5qk8f3e8ar1vp0h2n4x6ab', service],
  'an input that is wrong': ['POST', '/customer', service, { email: 7 }],
  'a body that is none': ['POST', '/customer', service, '{'],
  'a caller who may not': ['GET', '/customer', storefront],
  'a scope that is missing': ['GET', '/customer', () => app.tokenWith('order:write')],
  'a registration': [
    'POST',
    '/customer',
    storefront,
    { email: 'r@example.com', password: 'a quiet river 42' },
  ],
  'a wrong password': [
    'POST',
    '/auth/login',
    storefront,
    { email: 'r@example.com', password: 'no' },
  ],
  'the shopper': ['GET', '/auth/me', asShopper],
  "the shopper's addresses": ['GET', '/customer/me/address', asShopper],
}

async function ask([method, path, token, body]: Asked, origin: string) {
  return request(path, {
    method,
    headers: {
      Origin: origin,
      Authorization: `Bearer ${await token()}`,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
}

describe.each(Object.entries(ofTenant))('the answer about %s', (_, asked) => {
  test("is for the origins of the token's tenant, and for those of no other one", async () => {
    expect(allowed(await ask(asked, shop))).toBe(shop)
    expect(allowed(await ask(asked, other))).toBeNull()
    expect(allowed(await ask(asked, evil))).toBeNull()
  })
})

test("the other tenant's answers are for its own origins", async () => {
  const asked: Asked = ['GET', '/customer', is(tokens.stranger)]
  expect(allowed(await ask(asked, other))).toBe(other)
  expect(allowed(await ask(asked, shop))).toBeNull()
})

test('a tenant that opens its answers to all opens no other ones', async () => {
  const settings = app.runtime.config.tenants.get(app.otherTenant) ?? {}
  Object.assign(settings, { cors_origins: ['*'] })
  expect(allowed(await ask(['GET', '/customer', service], evil))).toBeNull()
  expect(allowed(await ask(['GET', '/customer', is(tokens.stranger)], evil))).toBe(evil)
  Object.assign(settings, { cors_origins: [other] })
})

test.each(['/auth/refresh', '/oauth/token'])(
  'POST %s answers the origins of the tenant whose token or client it is',
  async (path) => {
    const { refreshToken } = await logIn(app, shopper)
    const client = { client_id: `${app.tenant}-storefront`, client_secret: 'secret' }
    const asked = async (origin: string) =>
      path === '/auth/refresh'
        ? request(path, {
            method: 'POST',
            headers: { Origin: origin, 'Content-Type': 'application/json' },
            body: JSON.stringify({ refreshToken }),
          })
        : request(path, {
            method: 'POST',
            headers: { Origin: origin },
            body: new URLSearchParams({ ...client, grant_type: 'client_credentials' }),
          })
    for (const [origin, expected] of [
      [shop, shop],
      [other, null],
      [evil, null],
    ] as const) {
      const answer = await asked(origin)
      expect([answer.status, allowed(answer)]).toEqual([200, expected])
    }
  },
)

const page = (origin: string, token: string) =>
  request('/customer', {
    headers: { Origin: origin, Authorization: `Bearer ${token}` },
  })

const preflight = (origin: string) =>
  request('/customer', {
    method: 'OPTIONS',
    headers: { Origin: origin, 'Access-Control-Request-Method': 'POST' },
  })

test('a preflight, which has no token, passes from the origins of every tenant, and from no other one', async () => {
  expect(allowed(await preflight(shop))).toBe(shop)
  expect(allowed(await preflight(other))).toBe(other)
  expect(allowed(await preflight(evil))).toBeNull()
})

test("a browser on the shop's origin may read the headers it needs, and why it is refused", async () => {
  const { headers } = await preflight(shop)
  expect(headers.get('Access-Control-Allow-Headers')).toContain('Idempotency-Key')
  expect(headers.get('Access-Control-Allow-Credentials')).toBeNull()
  for (const Authorization of [undefined, 'Bearer x']) {
    const init = { headers: { Origin: shop, ...(Authorization && { Authorization }) } }
    const refused = await request('/customer/me', init)
    expect([refused.status, allowed(refused)]).toEqual([401, shop])
    const exposed = refused.headers.get('Access-Control-Expose-Headers')?.split(',')
    expect(exposed).toEqual(expect.arrayContaining(['ETag', 'RateLimit', 'RateLimit-Policy']))
    expect(refused.headers.get('Vary')).toContain('Origin')
  }
})

test('the time of the database is for services, and no browser may read it', async () => {
  const timing = async (token: Promise<string> | string, path: string) =>
    (await call('GET', path, { token })).headers.get('Server-Timing')
  expect(await timing(tokens.service, '/customer')).toMatch(/^db;dur=/)
  expect(await timing(asShopper(), '/auth/me')).toBeNull()
  const registered = await ask(ofTenant['a registration'] as Asked, shop)
  expect(registered.status).toBe(202)
  expect(registered.headers.get('Server-Timing')).toBeNull()
  const { headers } = await ask(['GET', '/customer', service], shop)
  expect(headers.get('Access-Control-Expose-Headers')).not.toContain('Server-Timing')
})

describe.each([true, false])('a page of this machine, development %s,', (development) => {
  beforeEach(() => void Object.assign(app.runtime.config, { development }))
  afterEach(() => void Object.assign(app.runtime.config, { development: false }))

  test.each([
    'http://localhost:5173',
    'https://localhost',
    'http://shop.localhost:4321',
    'http://127.0.0.1:8080',
    'http://127.8.9.1',
    'http://[::1]:3001',
  ])('is answered in development alone: %s', async (origin) => {
    const expected = development ? origin : null
    expect(allowed(await preflight(origin))).toBe(expected)
    for (const token of [tokens.service, tokens.stranger]) {
      expect(allowed(await page(origin, token))).toBe(expected)
    }
  })

  test.each([
    'http://localhost.evil.example',
    'http://evil.example:8787',
    'http://128.0.0.1:3000',
    'http://192.168.0.7:5173',
    'capacitor://localhost',
    'null',
  ])('is none at %s', async (origin) => {
    expect(allowed(await preflight(origin))).toBeNull()
    expect(allowed(await page(origin, tokens.service))).toBeNull()
  })
})
