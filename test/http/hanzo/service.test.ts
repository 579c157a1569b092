import { describe, expect, test } from 'vitest'
import { startHanzoApp } from '../../support/hanzo.ts'

const shop = await startHanzoApp()
const { hanzo } = shop

type Tokens = { readonly access_token: string; readonly scope: string }
const tokenFrom = (form: Record<string, string>) =>
  shop.request('/oauth/token', {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form),
  })
const backend = {
  grant_type: 'client_credentials',
  client_id: 'shop-backend',
  client_secret: 'backend-secret',
}
const claims = () => {
  const iat = Math.floor(shop.runtime.now().getTime() / 1000)
  return {
    ...{ iss: hanzo.url, sub: 'admin/shop-backend', owner: 'admin', tokenType: 'access-token' },
    ...{ aud: ['shop-backend'], azp: 'shop-backend', iat, exp: iat + 600 },
  }
}
const list = async (change: object) => {
  const token = await hanzo.keys.sign({ ...claims(), ...change })
  const { status, body } = await shop.call('GET', '/customer', { token })
  return status === 200 ? status : `${status} ${body.code}`
}

describe('a service that Hanzo ID knows', () => {
  test('gets its token there through our token endpoint, with the scopes that we say', async () => {
    const response = await tokenFrom(backend)
    expect(response.status).toBe(200)
    const body = (await response.json()) as Tokens
    expect(body).toMatchObject({ token_type: 'Bearer' })
    expect(body.scope.split(' ')).toContain('customer:read')
    const { status } = await shop.call('GET', '/customer', { token: body.access_token })
    expect(status).toBe(200)
  })

  test.each([
    ['with a wrong secret', { ...backend, client_secret: 'wrong' }],
    ['that nobody knows', { ...backend, client_id: 'nobody' }],
    ['that asks for another grant', { ...backend, grant_type: 'refresh_token' }],
    [
      'that is the application of the shop itself',
      { ...backend, client_id: 'shop-store', client_secret: 'hanzo-secret' },
    ],
  ])('%s gets none', async (_, form) => {
    const response = await tokenFrom(form)
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ error: 'invalid_client' })
  })

  test('is known by HTTP Basic, form-encoded or not', async () => {
    for (const text of ['shop-backend:backend-secret', 'shop%2Dbackend:backend%2Dsecret']) {
      const response = await shop.request('/oauth/token', {
        method: 'POST',
        headers: { Authorization: `Basic ${Buffer.from(text).toString('base64')}` },
        body: new URLSearchParams({ grant_type: 'client_credentials' }),
      })
      expect(response.status).toBe(200)
    }
  })

  test.each([
    ['customer:read', 'customer:read'],
    ['customer:root', 'invalid_scope'],
    ['customer:read customer:root', 'invalid_scope'],
    [' ', 'invalid_scope'],
  ])('asks for %j and gets %s, where the provider heeds a scope', async (scope, expected) => {
    hanzo.state.claims = { scope }
    const response = await tokenFrom({ ...backend, scope })
    hanzo.state.claims = {}
    const body = (await response.json()) as Tokens & { error?: string }
    expect(body.error ?? body.scope).toBe(expected)
  })

  test('is told the whole scope of its token where the provider ignores what was asked for', async () => {
    const body = (await (await tokenFrom({ ...backend, scope: 'customer:read' })).json()) as Tokens
    expect(body.scope.split(' ')).toContain('order:write')
  })

  test('is put off while Hanzo ID is away', async () => {
    hanzo.state.fault = { path: '/', how: 'cut' }
    const response = await tokenFrom(backend)
    hanzo.state.fault = null
    expect(response.status).toBe(503)
    expect(response.headers.get('Retry-After')).toBe('5')
  })

  test.each<[string, object, string | number]>([
    ['as it is', {}, 200],
    ['whose audience is one string', { aud: 'shop-backend' }, 200],
    ['that names scopes of ours', { scope: 'openid customer:read' }, 200],
    ['that names other scopes of ours', { scope: 'order:write' }, '403 insufficient_scope'],
    ['that names scopes that we do not give', { scope: 'customer:root' }, '403 insufficient_scope'],
    ['of another machine', { sub: 'admin/other-backend' }, '401 invalid_token'],
    ['got through another application', { azp: 'shop-store' }, '401 invalid_token'],
    ['for another audience', { aud: ['elsewhere'] }, '401 invalid_token'],
    ['of a person who is called like it', { email: 'jane@example.com' }, '401 invalid_token'],
    ['that is a refresh token', { tokenType: 'refresh-token' }, '401 invalid_token'],
  ])('has a token %s', async (_, change, answer) => {
    expect(await list(change)).toBe(answer)
  })
})

test('the clients of this service get their tokens here, and storefronts no others', async () => {
  const mine = { client_id: `${shop.tenant}-storefront`, client_secret: 'secret' }
  const response = await tokenFrom({ grant_type: 'client_credentials', ...mine })
  expect(await response.json()).toMatchObject({ scope: 'customer:register' })
})

test('a client refreshes the session that was opened through it, and revokes it', async () => {
  const { session } = await shop.makeShopper()
  const mine = { client_id: `${shop.tenant}-storefront`, client_secret: 'secret' }
  const form = { grant_type: 'refresh_token', refresh_token: session.refreshToken, ...mine }
  const tokens = (await (await tokenFrom(form)).json()) as Tokens
  expect((await shop.me(tokens.access_token)).status).toBe(200)
  const revoked = await shop.request('/oauth/revoke', {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ token: tokens.access_token, ...mine }),
  })
  expect(revoked.status).toBe(200)
  expect((await shop.me(tokens.access_token)).status).toBe(401)
})
