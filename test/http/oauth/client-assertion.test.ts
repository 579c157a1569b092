import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import * as oauth from 'oauth4webapi'
import { describe, expect, test } from 'vitest'
import type { PublicKey } from '#core/context'
import type { Client } from '#core/identity'
import { startTestApp } from '../../support/app.ts'

/** RFC 7523, 3; RFC 7521, 4.2; draft-ietf-oauth-rfc7523bis: what a client signs about itself. */
const ISSUER = 'http://customer.test'
const TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

type Pair = Awaited<ReturnType<typeof generateKeyPair>>
const pairs: Readonly<Record<string, Pair>> = {
  ES256: await generateKeyPair('ES256'),
  EdDSA: await generateKeyPair('EdDSA', { crv: 'Ed25519' }),
  PS256: await generateKeyPair('PS256'),
  RS256: await generateKeyPair('RS256'),
}
const stranger = await generateKeyPair('ES256')
const publicOf = async (alg: string) => {
  const { publicKey } = pairs[alg] as Pair
  return { ...(await exportJWK(publicKey)), alg, kid: alg } as PublicKey
}
const keys = await Promise.all(Object.keys(pairs).map(publicOf))
const { alg: _, kid: __, ...nameless } = keys[0] as PublicKey

const app = await startTestApp({
  clients: {
    signed: { scopes: ['customer:read'], jwks: { keys } },
    nameless: { scopes: ['customer:read'], jwks: { keys: [nameless] } },
    other: { scopes: ['customer:read'], jwks: { keys: [nameless] } },
  },
})
const SIGNED = `${app.tenant}-signed`
const seconds = () => Math.floor(app.runtime.now().getTime() / 1000)

let made = 0
type Change = {
  readonly claims?: Readonly<Record<string, unknown>>
  readonly header?: object
  readonly by?: Pair['privateKey'] | Uint8Array
  readonly alg?: string
}
function assertion({ claims = {}, header = {}, alg = 'ES256', by }: Change = {}) {
  const payload = {
    iss: SIGNED,
    sub: SIGNED,
    aud: ISSUER,
    exp: seconds() + 60,
    iat: seconds(),
    jti: `assertion-${++made}`,
    ...claims,
  }
  return new SignJWT(payload)
    .setProtectedHeader({ alg, kid: alg, ...header })
    .sign(by ?? (pairs[alg] as Pair).privateKey)
}

const fieldsOf = async (text: string | Promise<string>) => ({
  client_assertion: await text,
  client_assertion_type: TYPE,
})
async function post(path: string, fields: Readonly<Record<string, string>>, headers = {}) {
  const body = new URLSearchParams(fields)
  const response = await app.request(path, { method: 'POST', body, headers })
  const text = await response.text()
  return [response.status, text === '' ? undefined : JSON.parse(text).error]
}
const grant = async (text: string | Promise<string>, more = {}, headers = {}) =>
  post(
    '/oauth/token',
    { grant_type: 'client_credentials', ...(await fieldsOf(text)), ...more },
    headers,
  )
const granted = [200, undefined]
const refused = [401, 'invalid_client']

describe('a client is known by its signature', () => {
  test.each(Object.keys(pairs))('of %s', async (alg) => {
    expect(await grant(assertion({ alg }))).toEqual(granted)
  })

  test('with its id beside the assertion, or without it', async () => {
    expect(await grant(assertion(), { client_id: SIGNED })).toEqual(granted)
  })

  test('with any type, and times that begin now', async () => {
    for (const typ of ['JWT', 'client-authentication+jwt']) {
      const claims = { nbf: seconds() }
      expect(await grant(assertion({ header: { typ }, claims }))).toEqual(granted)
    }
  })

  test('also if neither key nor assertion has a name', async () => {
    const id = `${app.tenant}-nameless`
    const claims = { iss: id, sub: id }
    for (const kid of [undefined, 'ES256']) {
      expect(await grant(assertion({ claims, header: { kid } }))).toEqual(granted)
    }
  })

  test('within five minutes, and not for longer', async () => {
    const until = (ahead: number) => grant(assertion({ claims: { exp: seconds() + ahead } }))
    expect(await until(299)).toEqual(granted)
    expect(await until(302)).toEqual(refused)
    expect(await until(0)).toEqual(refused)
    expect(await until(-60)).toEqual(refused)
  })
})

describe('a client assertion is refused with', () => {
  const other = `${app.tenant}-other`
  test.each<[string, () => Change]>([
    ['the token endpoint as the audience', () => ({ claims: { aud: `${ISSUER}/oauth/token` } })],
    ['the issuer with a slash', () => ({ claims: { aud: `${ISSUER}/` } })],
    ['the issuer in a list', () => ({ claims: { aud: [ISSUER] } })],
    ['more than one audience', () => ({ claims: { aud: [ISSUER, 'https://other.example'] } })],
    ['no audience', () => ({ claims: { aud: undefined } })],
    ['another issuer', () => ({ claims: { iss: other } })],
    ['another subject', () => ({ claims: { sub: other } })],
    ['no issuer', () => ({ claims: { iss: undefined } })],
    ['no subject', () => ({ claims: { sub: undefined } })],
    ['no end', () => ({ claims: { exp: undefined } })],
    ['no name for the assertion', () => ({ claims: { jti: undefined } })],
    ['an empty name', () => ({ claims: { jti: '' } })],
    ['an endless name', () => ({ claims: { jti: 'x'.repeat(257) } })],
    ['a beginning in a minute', () => ({ claims: { nbf: seconds() + 60 } })],
    ['a making in a minute', () => ({ claims: { iat: seconds() + 60 } })],
    ["a stranger's key", () => ({ by: stranger.privateKey })],
    ["another key's name", () => ({ header: { kid: 'RS256' } })],
    ['a name that no key has', () => ({ header: { kid: 'ES512' } })],
    [
      'the public key as a shared one',
      () => ({ alg: 'HS256', by: Buffer.from(JSON.stringify(keys[0])) }),
    ],
    [
      'the key of another client, although it is the same one',
      () => ({ claims: { sub: other, iss: other } }),
    ],
  ])('%s', async (_, change) => {
    expect(await grant(assertion(change()), { client_id: SIGNED })).toEqual(refused)
  })

  test('an assertion that is altered, cut, unsigned or none', async () => {
    const [header = '', payload = '', signature = ''] = (await assertion()).split('.')
    const none = Buffer.from('{"alg":"none"}').toString('base64url')
    const texts = [
      `${header}.${payload}.`,
      `${none}.${payload}.`,
      `${none}.${payload}.${signature}`,
      `${header}.${payload}.${signature.slice(0, -2)}`,
      `${header}.${payload.slice(0, -2)}.${signature}`,
      `${header}..${signature}`,
      'x.y.z',
      'x',
    ]
    for (const text of texts) {
      expect(await grant(text)).toEqual(refused)
      expect(await grant(text, { client_id: SIGNED })).toEqual(refused)
    }
  })

  test('another type of assertion, or none', async () => {
    const client_assertion = await assertion()
    for (const more of [{}, { client_assertion_type: `${TYPE}x` }]) {
      const fields = { grant_type: 'client_credentials', client_assertion, ...more }
      expect(await post('/oauth/token', fields)).toEqual(refused)
    }
  })

  test('an assertion in the URL', async () => {
    const path = `/oauth/token?client_assertion=${await assertion()}`
    const fields = { grant_type: 'client_credentials', client_assertion_type: TYPE }
    expect(await post(path, fields)).toEqual(refused)
  })
})

test('a client says in one way who it is', async () => {
  const twice = [400, 'invalid_request']
  const basic = { Authorization: `Basic ${btoa(`${app.tenant}-service:secret`)}` }
  expect(await grant(assertion(), { client_secret: 'secret' })).toEqual(twice)
  expect(await grant(assertion(), {}, basic)).toEqual(twice)
  // Neither has spent anything.
  const text = await assertion()
  expect(await grant(text, {}, basic)).toEqual(twice)
  expect(await grant(text)).toEqual(granted)
})

test('a client that has a key has no secret', async () => {
  for (const client_secret of ['secret', 'undefined', '']) {
    const fields = { grant_type: 'client_credentials', client_id: SIGNED, client_secret }
    expect(await post('/oauth/token', fields)).toEqual(refused)
  }
})

describe('an assertion is good once', () => {
  test('at either endpoint, whatever it was used for', async () => {
    const uses = {
      grant: (text: string) => grant(text),
      revoke: async (text: string) =>
        post('/oauth/revoke', { ...(await fieldsOf(text)), token: 'whatever' }),
    }
    for (const first of Object.values(uses)) {
      for (const second of Object.values(uses)) {
        const text = await assertion()
        expect([await first(text), await second(text)]).toEqual([granted, refused])
      }
    }
  })

  test('also signed anew with the same name, and by both clients that may have that name', async () => {
    const jti = 'the same name'
    expect(await grant(assertion({ claims: { jti } }))).toEqual(granted)
    expect(await grant(assertion({ claims: { jti }, alg: 'RS256' }))).toEqual(refused)
    const id = `${app.tenant}-nameless`
    expect(await grant(assertion({ claims: { jti, iss: id, sub: id } }))).toEqual(granted)
  })

  test('also when many come at once', async () => {
    const text = await assertion()
    const all = await Promise.all(Array.from({ length: 8 }, () => grant(text)))
    expect(all.filter(([status]) => status === 200)).toHaveLength(1)
    expect(all.filter(([status]) => status === 401)).toHaveLength(7)
  })

  test('and is forgotten when it has ended', async () => {
    const count = async () => {
      const [rows = []] = await app.db.run([
        { text: 'select from spent_proof where tenant = $1', values: [app.tenant] },
      ])
      return rows.length
    }
    await grant(assertion())
    await app.cron('17 3 * * *')
    expect(await count()).toBeGreaterThan(0)
    app.advance(10 * 60_000)
    await app.cron('17 3 * * *')
    expect(await count()).toBe(0)
  })
})

test('a token that was given for a key ends with it', async () => {
  const clients = app.runtime.config.clients as Map<string, Client>
  const client = clients.get(SIGNED) as Client
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    ...(await fieldsOf(assertion())),
  })
  const response = await app.request('/oauth/token', { method: 'POST', body })
  const { access_token: token } = (await response.json()) as { access_token: string }
  const ask = async () => (await app.call('GET', '/customer?limit=1', { token })).status
  expect(await ask()).toBe(200)
  clients.set(SIGNED, { ...client, keys: client.keys.filter(({ kty }) => kty !== 'EC') })
  expect(await ask()).toBe(401)
  clients.set(SIGNED, { ...client, keys: client.keys.map((key) => ({ ...key, kid: 'renamed' })) })
  expect(await ask()).toBe(200)
  clients.set(SIGNED, client)
})

test('wrong assertions are counted like wrong secrets, and right ones cost one trip', async () => {
  const headers = { 'CF-Connecting-IP': '203.0.113.77' }
  for (let n = 0; n < 20; n++) {
    expect(await grant(assertion({ by: stranger.privateKey }), {}, headers)).toEqual(refused)
  }
  const [status] = await grant(assertion({ by: stranger.privateKey }), {}, headers)
  expect(status).toBe(429)
  app.wire.reset()
  expect(await grant(assertion())).toEqual(granted)
  expect(app.wire.count().trips).toBe(1)
})

test('a client library signs as this service wants it', async () => {
  const as: oauth.AuthorizationServer = {
    issuer: ISSUER,
    token_endpoint: `${ISSUER}/oauth/token`,
  }
  const client: oauth.Client = { client_id: SIGNED }
  const { privateKey } = pairs.ES256 as Pair
  // The library's clock is the machine's, the app's is its own.
  const method = oauth.PrivateKeyJwt(
    { key: privateKey as CryptoKey, kid: 'ES256' },
    {
      [oauth.modifyAssertion](_, payload) {
        Object.assign(payload, { iat: seconds(), nbf: seconds(), exp: seconds() + 60 })
      },
    },
  )
  const response = await oauth.clientCredentialsGrantRequest(
    as,
    client,
    method,
    {},
    {
      [oauth.allowInsecureRequests]: true,
      [oauth.customFetch]: (url, { method, headers, body }) =>
        app.request(new URL(url).pathname, { method, headers, body: body ?? null }),
    },
  )
  const token = await oauth.processClientCredentialsResponse(as, client, response)
  expect(token.scope).toBe('customer:read')
})
