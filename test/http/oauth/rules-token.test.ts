import { decodeJwt, decodeProtectedHeader } from 'jose'
import { describe, expect } from 'vitest'
import { readConfig } from '../../../src/config.ts'
import { CALLBACK, startTestApp } from '../../support/app.ts'
import { exchange, type Given, giveCodeTo, isLetIn, makeVerifier } from '../../support/code.ts'
import { holdRules } from '../../support/rule.ts'
import { SECRET, settings } from '../../support/settings.ts'
import { makeShopper } from '../../support/shopper.ts'

/**
 * The token endpoint. What does not apply, and where the service deviates: docs/security.md. More cases of each rule are in code-grant.test.ts,
 * client-assertion.test.ts, and in ../auth: oauth, client-credentials, refresh and wrong-secret.
 */
const NATIVE_PLACE = 'http://127.0.0.1:51004/callback'
const app = await startTestApp({
  clients: {
    native: { public: true, redirect_uris: ['http://127.0.0.1/callback'] },
    server: { redirect_uris: [CALLBACK], scopes: ['customer:read'] },
  },
})
const NATIVE = `${app.tenant}-native`
const SERVER = `${app.tenant}-server`

const give = async (wish: Parameters<typeof giveCodeTo>[2] = {}): Promise<Given> =>
  giveCodeTo(app, await makeShopper(app), wish)
const native = () => give({ client: NATIVE, redirectUri: NATIVE_PLACE })
const saidOf = async (
  ...given: Parameters<typeof exchange> extends [unknown, ...infer R] ? R : never
) => (await exchange(app, ...given)).said

async function post(fields: Readonly<Record<string, string>>, headers = {}) {
  const init = { method: 'POST', body: new URLSearchParams(fields), headers }
  const response = await app.request('/oauth/token', init)
  return { status: response.status, headers: response.headers, body: await response.json() } as {
    status: number
    headers: Headers
    body: Readonly<Record<string, string>>
  }
}
const refresh = async (client_id: string, refresh_token: string, more = {}) =>
  post({ grant_type: 'refresh_token', client_id, refresh_token, ...more })

describe('the token endpoint', () => {
  holdRules([
    [
      'RFC 6749, 3.2',
      'must',
      'only POST is taken',
      async () => expect((await app.request('/oauth/token?grant_type=x')).status).toBe(405),
    ],
    [
      'RFC 6749, 5.1',
      'must',
      'an answer is JSON that nobody keeps',
      async () => {
        const { headers, body } = await exchange(app, await native())
        expect(headers.get('Content-Type')).toContain('application/json')
        expect(headers.get('Cache-Control')).toBe('no-store')
        expect(headers.get('Pragma')).toBe('no-cache')
        expect(Object.keys(body).sort()).toEqual([
          'access_token',
          'expires_in',
          'refresh_token',
          'scope',
          'token_type',
        ])
      },
    ],
    [
      'RFC 6749, 2.3',
      'must',
      'a client proves itself in one way, and never in the URL',
      async () => {
        const headers = { Authorization: `Basic ${btoa(`${SERVER}:secret`)}` }
        const both = await post(
          { grant_type: 'client_credentials', client_secret: 'secret' },
          headers,
        )
        expect(both.body.error).toBe('invalid_request')
        const path = `/oauth/token?client_id=${SERVER}&client_secret=secret`
        const body = new URLSearchParams({ grant_type: 'client_credentials' })
        expect((await app.request(path, { method: 'POST', body })).status).toBe(401)
      },
    ],
    [
      'RFC 6749, 2.3.1',
      'must',
      'secrets are not found by trying',
      async () => {
        const place = { 'CF-Connecting-IP': '203.0.113.44' }
        const guess = (n: number) =>
          post(
            { grant_type: 'client_credentials', client_id: SERVER, client_secret: `${n}` },
            place,
          )
        for (let n = 0; n < 20; n++) expect((await guess(n)).status).toBe(401)
        expect((await guess(20)).status).toBe(429)
      },
    ],
    [
      'RFC 6749, 5.2; UCP',
      'must',
      'a wrong proof is invalid_client, and a wrong verifier is invalid_grant',
      async () => {
        const headers = { Authorization: `Basic ${btoa(`${SERVER}:wrong`)}` }
        const refused = await post({ grant_type: 'client_credentials' }, headers)
        expect([refused.status, refused.body.error]).toEqual([401, 'invalid_client'])
        expect(refused.headers.get('WWW-Authenticate')).toMatch(/^Basic /)
        expect(await saidOf(await native(), { code_verifier: makeVerifier() })).toBe(
          'invalid_grant',
        )
      },
    ],
    [
      'RFC 6749, 5.2',
      'must',
      'each mistake has its error',
      async () => {
        expect(await saidOf(await native(), { grant_type: 'password' })).toBe(
          'unsupported_grant_type',
        )
        expect(await saidOf(await native(), { grant_type: null })).toBe('invalid_request')
        expect(await saidOf(await native(), { code: null })).toBe('invalid_request')
        expect(await saidOf(await native(), { grant_type: 'client_credentials' })).toBe(
          'unauthorized_client',
        )
      },
    ],
    [
      'RFC 7636, 4.1 and 4.6; RFC 9700, 2.1.1; UCP',
      'must',
      'a verifier of 43 to 128 characters is needed, and has to match',
      async () => {
        for (const code_verifier of [null, '', 'a'.repeat(42), 'a'.repeat(129), makeVerifier()]) {
          expect(await saidOf(await native(), { code_verifier })).toBe('invalid_grant')
        }
        const confidential = await give({ client: SERVER })
        for (const code_verifier of [null, makeVerifier()]) {
          const change = { client_secret: 'secret', code_verifier }
          expect(await saidOf(confidential, change)).toBe('invalid_grant')
        }
        for (const verifier of ['a'.repeat(43), 'a'.repeat(128)]) {
          const wish = { client: NATIVE, redirectUri: NATIVE_PLACE, verifier }
          expect((await exchange(app, await give(wish))).status).toBe(200)
        }
      },
    ],
    [
      'RFC 9700, 2.1.1',
      'must',
      'there is no code without a challenge, so a verifier is always checked',
      async () => {
        const given = await native()
        expect(await saidOf(given, { code_verifier: null })).toBe('invalid_grant')
        expect((await exchange(app, given)).status).toBe(200)
      },
    ],
    [
      'RFC 6749, 4.1.3; UCP',
      'must',
      'a code is valid only for its client and its redirect URI, with the port',
      async () => {
        const given = await native()
        const other = { client_id: `${app.tenant}-storefront` }
        const foreign = { client_id: `${app.otherTenant}-native` }
        const port = { redirect_uri: 'http://127.0.0.1:51005/callback' }
        for (const change of [other, foreign, port]) {
          expect(await saidOf(given, change)).toBe('invalid_grant')
        }
        expect((await exchange(app, given)).status).toBe(200)
      },
    ],
    [
      'RFC 6749, 4.1.2; RFC 9700, 4.2.4',
      'must',
      'a code is used once, and a second use ends what the first one gave',
      async () => {
        const given = await native()
        const all = await Promise.all([exchange(app, given), exchange(app, given)])
        expect(all.map(({ status }) => status).sort()).toEqual([200, 400])
        const token = all.find(({ status }) => status === 200)?.body.access_token
        expect(await isLetIn(app, token)).toBe(false)
      },
    ],
    [
      'RFC 6749, 3.3',
      'must',
      'the scope is told, narrowed if that is asked, and never widened',
      async () => {
        const { body } = await exchange(app, await native())
        expect(body.scope).toBe('account')
        const narrow = await refresh(NATIVE, body.refresh_token, { scope: 'account' })
        expect(narrow.body.scope).toBe('account')
        const wide = await refresh(NATIVE, narrow.body.refresh_token ?? '', {
          scope: 'account customer:read',
        })
        expect(wide.body.error).toBe('invalid_scope')
      },
    ],
    [
      'RFC 6749, 3.2.1 and 6',
      'must',
      'a client with a secret shows it at each refresh too',
      async () => {
        const { body } = await exchange(app, await give({ client: SERVER }), {
          client_secret: 'secret',
        })
        for (const more of [{}, { client_secret: 'wrong' }]) {
          const { status, body: said } = await refresh(SERVER, body.refresh_token, more)
          expect([status, said.error]).toEqual([401, 'invalid_client'])
        }
        const own = { client_secret: 'secret' }
        expect((await refresh(SERVER, body.refresh_token, own)).status).toBe(200)
      },
    ],
    [
      'RFC 6749, 6; RFC 9700, 4.14.2',
      'must',
      'a refresh token is bound to its client, rotates at each use, and a reuse ends the session',
      async () => {
        const { body } = await exchange(app, await native())
        const { access_token: token, refresh_token: first } = body
        expect((await refresh(`${app.tenant}-storefront`, first)).body.error).toBe('invalid_grant')
        const second = (await refresh(NATIVE, first)).body.refresh_token ?? ''
        expect(second).not.toBe(first)
        expect((await refresh(NATIVE, second)).status).toBe(200)
        expect((await refresh(NATIVE, first)).body.error).toBe('invalid_grant')
        expect(await isLetIn(app, token)).toBe(false)
      },
    ],
    [
      'RFC 9700, 4.14.2',
      'should',
      'a refresh token ends by itself',
      async () => {
        const { body } = await exchange(app, await native())
        app.advance(31 * 86_400_000)
        expect((await refresh(NATIVE, body.refresh_token)).body.error).toBe('invalid_grant')
      },
    ],
    [
      'RFC 6749, 10.10',
      'must',
      'a refresh token has at least 128 random bits',
      async () => {
        const tokenOf = async () =>
          (await exchange(app, await native())).body.refresh_token as string
        const [token, other] = [await tokenOf(), await tokenOf()]
        expect(token.slice(3, 19)).not.toBe(other.slice(3, 19))
        // 96 random bits are its nonce, and 128 bits of its tag depend on a key that nobody has.
        const bytes = Buffer.from(token.slice(3), 'base64url')
        expect(bytes.length).toBeGreaterThan(28)
        for (const at of [0, Math.floor(bytes.length / 2), bytes.length - 1]) {
          const changed = Buffer.from(bytes)
          changed.writeUInt8(bytes.readUInt8(at) ^ 1, at)
          const guess = token.slice(0, 3) + changed.toString('base64url')
          expect((await refresh(NATIVE, guess)).body.error).toBe('invalid_grant')
        }
        expect((await refresh(NATIVE, token)).status).toBe(200)
      },
    ],
    [
      'RFC 6749, 4.4',
      'must',
      'client credentials are for clients that keep a secret, and give no refresh token',
      async () => {
        const none = await post({ grant_type: 'client_credentials', client_id: NATIVE })
        expect(none.body.error).toBe('unauthorized_client')
        const own = { client_id: SERVER, client_secret: 'secret' }
        const { status, body } = await post({ grant_type: 'client_credentials', ...own })
        expect([status, body.refresh_token]).toEqual([200, undefined])
      },
    ],
    [
      'RFC 9700, 4.15; RFC 9068, 5',
      'should',
      'no client is called like a customer',
      async () => {
        const clients = { cust_1: { scopes: ['customer:read'] } }
        const CLIENT_SECRETS = JSON.stringify({ shop: { cust_1: [SECRET] } })
        const tenants = { shop: { ...settings.tenants.shop, clients } }
        expect(() => readConfig({ ...settings, CLIENT_SECRETS, tenants })).toThrow(
          'like a customer',
        )
      },
    ],
    [
      'RFC 8252, 8.4',
      'must',
      'a native app is known as public: a secret of it is refused',
      async () => {
        expect(await saidOf(await native(), { client_secret: 'secret' })).toBe('invalid_client')
        const clients = { app: { public: true, redirect_uris: ['http://127.0.0.1/'] } }
        const CLIENT_SECRETS = JSON.stringify({ shop: { app: [SECRET] } })
        const tenants = { shop: { ...settings.tenants.shop, clients } }
        expect(() => readConfig({ ...settings, CLIENT_SECRETS, tenants })).toThrow('is public')
      },
    ],
    [
      'RFC 6749, 2.3.1',
      'must',
      'a secret is taken by HTTP Basic',
      async () => {
        const headers = { Authorization: `Basic ${btoa(`${SERVER}:secret`)}` }
        expect((await post({ grant_type: 'client_credentials' }, headers)).status).toBe(200)
      },
    ],
    [
      'RFC 9068, 2',
      'must',
      'an access token says what it is, whose, for whom, by whom, and until when',
      async () => {
        const shopper = await makeShopper(app)
        const wish = { client: NATIVE, redirectUri: NATIVE_PLACE }
        const { body } = await exchange(app, await giveCodeTo(app, shopper, wish))
        expect(decodeProtectedHeader(body.access_token)).toMatchObject({
          typ: 'at+jwt',
          // RS256 is what the standard wants among others; this service has ES256 alone.
          alg: 'ES256',
        })
        expect(decodeJwt(body.access_token)).toMatchObject({
          iss: 'http://customer.test',
          aud: 'http://customer.test',
          sub: shopper.id,
          client_id: NATIVE,
          scope: 'account',
          iat: expect.any(Number),
          exp: expect.any(Number),
          jti: expect.stringMatching(/^tok_/),
        })
      },
    ],
  ])
})
