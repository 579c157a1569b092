import { exportJWK, generateKeyPair, importJWK, type JWTPayload, SignJWT } from 'jose'
import { describe, expect, test, vi } from 'vitest'
import { newId } from '#kernel/id'
import { claimsOf, startTestApp } from '../../support/app.ts'
import { logIn, makeShopper } from '../../support/shopper.ts'
import { sql } from '../../support/sql.ts'

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

const now = Math.floor(app.runtime.now().getTime() / 1000)
const valid: JWTPayload = {
  iss: 'http://customer.test',
  aud: 'http://customer.test',
  ...claimsOf(app.runtime, `${app.tenant}-service`, app.tenant, 'customer:read'),
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

  test('by a key of its own that it brings along', async () => {
    const own = await generateKeyPair('ES256', { extractable: true })
    const jwk = await exportJWK(own.publicKey)
    const token = await new SignJWT(valid)
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid, jwk })
      .sign(own.privateKey)
    expect(await ask(token)).toEqual(refused)
  })

  test.each(['none', 'ES384', 'RS256', 'es256'])('whose algorithm says %s', async (alg) => {
    const [, payload, signature] = (await signed(valid)).split('.')
    const header = Buffer.from(JSON.stringify({ alg, typ: 'at+jwt', kid })).toString('base64url')
    expect(await ask([header, payload, signature].join('.'))).toEqual(refused)
    expect(await ask([header, payload, ''].join('.'))).toEqual(refused)
  })

  test('with a part altered', async () => {
    const [header, , signature] = (await signed(valid)).split('.')
    const scope = 'customer:read customer:erase'
    const payload = Buffer.from(JSON.stringify({ ...valid, scope })).toString('base64url')
    expect(await ask([header, payload, signature].join('.'))).toEqual(refused)
  })
})

test('a key that somebody made up is no fault of the service, however many there are', async () => {
  const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const tokens = Array.from({ length: 20 }, () => signed(valid, { kid: newId('key', new Date()) }))
  const answers = await Promise.all(tokens.map(async (token) => ask(await token)))
  expect(answers).toEqual(answers.map(() => refused))
  expect(errors).not.toHaveBeenCalled()
  errors.mockRestore()
  expect(await ask(await signed(valid))).toEqual([200, undefined])
  // They may be looked for again.
  app.advance(10_000)
})

describe('while the keys cannot be had', () => {
  const away = async (token: string) => {
    app.wire.faults.always = () => ({ at: 'before', do: 'cut' })
    const answer = await call('GET', '/.well-known/jwks.json', { token: null })
    const { status, body, headers } = await call('GET', '/customer', { token })
    app.wire.faults.clear()
    return { known: answer.status, said: [status, body.code], wait: headers.get('Retry-After') }
  }

  test('a token of an unknown key waits, nothing is accepted or refused for good', async () => {
    const token = await signed(valid, { kid: newId('key', new Date()) })
    const { known, said, wait } = await away(token)
    expect([known, said]).toEqual([200, [503, 'database_unavailable']])
    expect(Number(wait)).toBeGreaterThan(0)
  })

  test('what is no token of ours is refused without asking', async () => {
    expect((await away('x.y.z')).said).toEqual(refused)
    expect((await away(await signed(valid, { kid: 'x' }))).said).toEqual(refused)
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
  const claims = {
    sub: shopper.id,
    client_id: `${app.otherTenant}-storefront`,
    tenant: app.otherTenant,
    scope: 'account',
  }
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
