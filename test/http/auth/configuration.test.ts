import { describe, expect, test } from 'vitest'
import type { Client } from '#core/identity'
import { startTestApp } from '../../support/app.ts'
import { query } from '../../support/rows.ts'
import { logIn, makeShopper } from '../../support/shopper.ts'

const app = await startTestApp()
const { call, request, tenant, otherTenant, tokens } = app
const { config } = app.runtime
const clients = config.clients as Map<string, Client>
const shopper = await makeShopper(app)
const SERVICE = `${tenant}-service`
const STOREFRONT = `${tenant}-storefront`

type Kind = 'service' | 'storefront' | 'shopper'
/** Each with the token and a request that it may make. */
const bearers: Readonly<Record<Kind, () => Promise<readonly [string, string, string, unknown?]>>> =
  {
    service: async () => [tokens.service, 'GET', '/customer?limit=1'],
    storefront: async () => [
      await app.storefrontToken(),
      'POST',
      '/auth/password/forgot',
      { email: 'nobody@example.com' },
    ],
    shopper: async () => [(await logIn(app, shopper)).accessToken, 'GET', '/auth/me'],
  }

/** What tomorrow's configuration says of a client. Null: it is gone. */
type Change = (client: Client) => Client | null
const changes: Readonly<Record<string, readonly [Change, readonly Kind[]]>> = {
  'the client is gone': [() => null, ['service', 'storefront', 'shopper']],
  "it is another tenant's": [
    (client) => ({ ...client, tenant: otherTenant }),
    ['service', 'storefront', 'shopper'],
  ],
  'it has another secret': [
    (client) => ({ ...client, secrets: ['another secret'] }),
    ['service', 'storefront'],
  ],
  'its secret is there no more, after a rotation': [
    (client) => ({ ...client, secrets: ['new', 'newer'] }),
    ['service', 'storefront'],
  ],
  'a scope of it is gone': [
    (client) => ({ ...client, scopes: client.scopes.slice(1) }),
    ['service', 'storefront'],
  ],
  'it has no scope at all': [(client) => ({ ...client, scopes: [] }), ['service', 'storefront']],
  'it has a second secret': [(client) => ({ ...client, secrets: ['new', ...client.secrets] }), []],
  'it has one more scope': [
    (client) => ({ ...client, scopes: [...client.scopes, 'event:read'] }),
    [],
  ],
}

async function under<T>(change: Change, work: () => Promise<T>): Promise<T> {
  const was = new Map(clients)
  for (const id of [SERVICE, STOREFRONT]) {
    const client = was.get(id)
    const next = client === undefined ? null : change(client)
    if (next === null) clients.delete(id)
    else clients.set(id, next)
  }
  try {
    return await work()
  } finally {
    for (const [id, client] of was) clients.set(id, client)
  }
}

const cases = Object.entries(changes).flatMap(([what, [change, ended]]) =>
  (Object.keys(bearers) as Kind[]).map(
    (kind) => [kind, what, change, ended.includes(kind)] as const,
  ),
)

test.each(cases)('a token of a %s when %s', async (kind, _, change, isEnded) => {
  const [token, method, path, body] = await bearers[kind]()
  const ask = async () => {
    const answer = await call(method, path, { token, body })
    return [answer.status, answer.body?.code]
  }
  expect((await ask())[0]).toBeLessThan(300)
  const seen = await under(change, ask)
  if (isEnded) expect(seen).toEqual([401, 'invalid_token'])
  else expect(seen[0]).toBeLessThan(300)
  // Nothing was kept of it.
  expect((await ask())[0]).toBeLessThan(300)
})

test('a session of a client that is gone is not refreshed', async () => {
  const { refreshToken } = await logIn(app, shopper)
  const refresh = async () => {
    const answer = await call('POST', '/auth/refresh', { token: null, body: { refreshToken } })
    return [answer.status, answer.body.code]
  }
  expect(await under(() => null, refresh)).toEqual([401, 'session_ended'])
})

test('a tenant that is gone takes its tokens along', async () => {
  const tenants = config.tenants as Map<string, never>
  const settings = tenants.get(tenant) as never
  for (const bearer of Object.values(bearers)) {
    const [token, method, path, body] = await bearer()
    tenants.delete(tenant)
    const { status } = await call(method, path, { token, body })
    tenants.set(tenant, settings)
    expect(status).toBe(401)
  }
})

describe('a token that its client revokes', () => {
  const revoke = async (token: string, id = SERVICE) =>
    (
      await request('/oauth/revoke', {
        method: 'POST',
        body: new URLSearchParams({ token, client_id: id, client_secret: 'secret' }),
      })
    ).status
  const status = async (
    token: string,
    method = 'GET',
    path = '/customer?limit=1',
    body?: unknown,
  ) => (await call(method, path, { token, body })).status

  test('is refused in every request from then on, and none of them has an effect', async () => {
    const token = await app.tokenWith(
      'customer:read customer:write group:write order:write event:read',
    )
    const { body: customer } = await call('POST', '/customer', {
      token,
      body: { email: 'kept@example.com', firstName: 'Kept' },
    })
    expect(await revoke(token)).toBe(200)
    const path = `/customer/${customer.id}`
    const asked: readonly [string, string, unknown?][] = [
      ['GET', '/customer?limit=1'],
      ['GET', '/customer?q=kept'],
      ['GET', '/customer?count=exact'],
      ['GET', path],
      ['GET', `${path}/address`],
      ['GET', `${path}/stats`],
      ['GET', '/group'],
      ['GET', '/event'],
      ['PATCH', path, { firstName: 'Other' }],
      ['POST', '/customer', { email: 'never@example.com' }],
      ['POST', '/customer/guest', { email: 'never@example.com' }],
      ['POST', `${path}/group`, { group: 'never' }],
      ['DELETE', path],
    ]
    for (const [method, to, body] of asked) {
      const answer = await call(method, to, { token, body })
      expect([method, to, answer.status, answer.body.code]).toEqual([
        method,
        to,
        401,
        'invalid_token',
      ])
    }
    const keyed = await call('POST', '/customer', {
      token,
      body: { email: 'never@example.com' },
      headers: { 'Idempotency-Key': 'never' },
    })
    expect(keyed.status).toBe(401)
    expect((await call('GET', path)).body.firstName).toBe('Kept')
    expect(
      await query(`select from customer where tenant = $1 and email = 'never@example.com'`, [
        tenant,
      ]),
    ).toEqual([])
  })

  test('takes no other token along: neither of the client nor of another one', async () => {
    const [one, other] = await Promise.all([1, 2].map(() => app.tokenWith('customer:read')))
    expect(await revoke(String(one))).toBe(200)
    expect([await status(String(one)), await status(String(other))]).toEqual([401, 200])
    expect(await status(tokens.stranger)).toBe(200)
  })

  test('is its own only: the token of another client, or of another tenant, goes on', async () => {
    const token = await app.tokenWith('customer:read')
    expect(await revoke(token, STOREFRONT)).toBe(200)
    expect(await revoke(tokens.stranger)).toBe(200)
    expect([await status(token), await status(tokens.stranger)]).toEqual([200, 200])
    const browser = await app.storefrontToken()
    const forgot = ['POST', '/auth/password/forgot', { email: 'nobody@example.com' }] as const
    expect(await status(browser, ...forgot)).toBe(202)
    expect(await revoke(browser, STOREFRONT)).toBe(200)
    expect(await status(browser, ...forgot)).toBe(401)
  })

  test('may be revoked twice, and what is no token is no error', async () => {
    const token = await app.tokenWith('customer:read')
    for (const text of [token, token, `${token}x`, 'x', 'x.y.z']) {
      expect(await revoke(text)).toBe(200)
    }
  })

  test('costs a service no further trip, and a single request no further statement', async () => {
    const { body } = await call('POST', '/customer', { body: { email: 'counted@example.com' } })
    for (const path of [
      `/customer/${body.id}`,
      `/customer/${body.id}/group`,
      '/customer?limit=1',
    ]) {
      app.wire.reset()
      await call('GET', path)
      const { trips, statements } = app.wire.count()
      expect([path, trips, statements]).toEqual([path, 1, 1])
    }
  })

  test('is forgotten when it would have expired', async () => {
    const count = async () =>
      (await query('select from revoked_token where tenant = $1', [tenant])).length
    await revoke(await app.tokenWith('customer:read'))
    await app.cron('17 3 * * *')
    expect(await count()).toBeGreaterThan(0)
    app.advance(2 * 3_600_000)
    await app.cron('17 3 * * *')
    expect(await count()).toBe(0)
  })
})
