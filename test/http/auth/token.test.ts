import { sql } from 'drizzle-orm'
import { importJWK, type JWTPayload, SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../support/app.ts'
import { logIn, makeShopper } from '../../support/shopper.ts'

const app = await startTestApp()
const { call } = app

/** The service's own key: what is refused here is refused for what the token says, not for its signature. */
const { kid, key } = await (async () => {
  const [rows = []] = await app.db.run([
    sql`select id, private_key from signing_key where signs_from <= now() order by signs_from desc limit 1`,
  ])
  const id = String(rows[0]?.id)
  const secret = app.runtime.keyring.open('signing-key', String(rows[0]?.private_key), id)
  return { kid: id, key: await importJWK(JSON.parse(secret), 'ES256') }
})()

const now = Math.floor(Date.now() / 1000)
const valid: JWTPayload = {
  iss: 'http://customer.test',
  aud: 'http://customer.test',
  sub: 'x',
  client_id: 'x',
  tenant: app.tenant,
  scope: 'customer:read',
  jti: 'j',
  iat: now,
  exp: now + 600,
}
const signed = (claims: JWTPayload, header = {}) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid, ...header }).sign(key)
const ask = async (token: string) => {
  const { status, body } = await call('GET', '/customer', { token })
  return [status, body.code]
}
const refused = [401, 'invalid_token']

test('a token with everything in its place is accepted, and with our audience among others', async () => {
  expect(await ask(await signed(valid))).toEqual([200, undefined])
  const many = { ...valid, aud: ['http://else.test', 'http://customer.test'] }
  expect(await ask(await signed(many))).toEqual([200, undefined])
})

describe('a token that we signed is refused', () => {
  test.each([
    ['from another issuer', { iss: 'http://customer.test/' }],
    ['for another audience', { aud: 'http://else.test' }],
    ['for no audience of ours', { aud: ['http://else.test'] }],
    ['that has run out', { exp: now - 1 }],
    ['that is not valid yet', { nbf: now + 600 }],
    ['of a tenant that is not served', { tenant: 'nobody' }],
    ['whose tenant is no text', { tenant: 7 }],
    ['whose session is of no customer', { sid: 'ses_x' }],
    ['whose groups are no list', { groups: 'vip' }],
  ])('%s', async (_, changes) => {
    expect(await ask(await signed({ ...valid, ...changes } as JWTPayload))).toEqual(refused)
  })

  test.each(['iss', 'aud', 'sub', 'client_id', 'tenant', 'scope', 'jti', 'iat', 'exp'])(
    'without %s',
    async (name) => {
      const { [name]: _, ...rest } = valid
      expect(await ask(await signed(rest))).toEqual(refused)
    },
  )

  test.each([
    ['of type JWT', { typ: 'JWT' }],
    ['without a type', { typ: undefined }],
    ['for an identity', { typ: 'id+jwt' }],
    ['without a key id', { kid: undefined }],
    ['with a key id that is none of ours', { kid: 'x' }],
    ['with a key id that nobody has', { kid: 'key_01jz5qk8f3e8ar1vp0h2n4x6ab' }],
  ])('%s', async (_, header) => {
    expect(await ask(await signed(valid, header))).toEqual(refused)
  })

  test('with the public key as the secret of another algorithm', async () => {
    const { keys } = await app.runtime.identity.issuer.jwks()
    const secret = new TextEncoder().encode(JSON.stringify(keys[0]))
    const token = await new SignJWT(valid)
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid })
      .sign(secret)
    expect(await ask(token)).toEqual(refused)
  })

  test('with a part altered', async () => {
    const [header, , signature] = (await signed(valid)).split('.')
    const scope = 'customer:read customer:erase'
    const payload = Buffer.from(JSON.stringify({ ...valid, scope })).toString('base64url')
    expect(await ask([header, payload, signature].join('.'))).toEqual(refused)
  })
})

test('a refresh token is no access token, nor the other way round', async () => {
  const session = await logIn(app, await makeShopper(app))
  expect(await ask(session.refreshToken)).toEqual(refused)
  const answer = await call('POST', '/auth/refresh', {
    token: null,
    body: { refreshToken: session.accessToken },
  })
  expect([answer.status, answer.body.code]).toEqual([401, 'session_ended'])
})

test("a shopper's token reaches nothing of another tenant", async () => {
  const shopper = await makeShopper(app)
  const session = await logIn(app, shopper)
  const claims = { sub: shopper.id, client_id: 'x', tenant: app.otherTenant, scope: 'account' }
  const { sid } = JSON.parse(Buffer.from(session.accessToken.split('.')[1], 'base64url').toString())
  const moved = await app.runtime.identity.issuer.sign({ ...claims, sid }, 600)
  const answer = await call('GET', '/auth/me', { token: moved })
  expect([answer.status, answer.body.code]).toEqual(refused)
})

test('a shopper is refused what is not for shoppers, with and without a session that still is', async () => {
  const shopper = await makeShopper(app)
  const { accessToken: token } = await logIn(app, shopper)
  for (const [method, path] of [
    ['GET', '/customer'],
    ['POST', `/customer/${shopper.id}/disable`],
    ['GET', `/customer/${shopper.id}/session`],
    ['POST', `/customer/${shopper.id}/password-reset`],
    ['POST', '/customer'],
    ['POST', '/auth/login'],
  ] as const) {
    const answer = await call(method, path, { token })
    expect([path, answer.status, answer.body.code]).toEqual([path, 403, 'caller_not_allowed'])
  }
  for (const field of [{ email: 'else@example.com' }, { externalId: 'x' }]) {
    const answer = await call('PATCH', '/customer/me', { token, body: field })
    expect(answer.body.code).toBe('caller_not_allowed')
  }
})
