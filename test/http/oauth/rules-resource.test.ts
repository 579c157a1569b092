import { decodeJwt } from 'jose'
import { describe, expect } from 'vitest'
import type { Client } from '#core/identity'
import { AccessClaims } from '../../../src/core/identity/access-token-claims.ts'
import { createApp } from '../../../src/http/app.ts'
import { CALLBACK, startTestApp } from '../../support/app.ts'
import { exchange, giveCodeTo, isLetIn } from '../../support/code.ts'
import { holdRules } from '../../support/rule.ts'
import { makeShopper } from '../../support/shopper.ts'

/** Metadata, revocation and the resource. More cases of each rule are in metadata.test.ts, challenge.test.ts and ../auth/token.test.ts. */
const app = await startTestApp({
  clients: {
    native: { public: true, redirect_uris: ['http://127.0.0.1/callback'] },
    server: { redirect_uris: [CALLBACK] },
  },
})
const NATIVE = `${app.tenant}-native`
const STOREFRONT = `${app.tenant}-storefront`
const SERVER = { client_id: `${app.tenant}-server`, client_secret: 'secret' }

const read = async (path: string) => (await app.call('GET', path, { token: null })).body
const as = await read('/.well-known/oauth-authorization-server')

/** A session of a client, by a login on the page. */
async function sessionOf(client: string, redirectUri = CALLBACK, proof = {}) {
  const given = await giveCodeTo(app, await makeShopper(app), { client, redirectUri })
  const { body } = await exchange(app, given, proof)
  return { access: body.access_token as string, refresh: body.refresh_token as string }
}
const native = () => sessionOf(NATIVE, 'http://127.0.0.1:1/callback')

async function revoke(token: string, fields: Readonly<Record<string, string>>) {
  const body = new URLSearchParams({ token, ...fields })
  return (await app.request('/oauth/revoke', { method: 'POST', body })).status
}

const challengeOf = async (path: string, token: string | null) => {
  const { status, headers } = await app.call('GET', path, { token })
  return [status, headers.get('WWW-Authenticate')]
}
const METADATA = 'resource_metadata="http://customer.test/.well-known/oauth-protected-resource"'

describe('the metadata', () => {
  holdRules([
    [
      'RFC 8414, 2; UCP',
      'must',
      'it names the endpoints, the grants, the methods and the scopes',
      async () => {
        for (const name of ['authorization', 'token', 'revocation']) {
          expect(as[`${name}_endpoint`]).toMatch(/^http:\/\/customer\.test\/oauth\//)
        }
        // Left out, the implicit grant would be meant.
        expect(as.grant_types_supported).not.toContain('implicit')
        expect(as.response_types_supported).toEqual(['code'])
        expect(as.scopes_supported).toContain('account')
      },
    ],
    [
      'RFC 8414, 2',
      'must',
      'it names the algorithms of signed proofs, and never none',
      async () => {
        const algorithms = as.token_endpoint_auth_signing_alg_values_supported
        expect(algorithms.length).toBeGreaterThan(0)
        expect(algorithms).not.toContain('none')
        for (const one of algorithms) expect(one).not.toMatch(/^HS/)
      },
    ],
    [
      'UCP',
      'must',
      'Basic is not the only method, and one is asymmetric',
      async () => {
        const methods = as.token_endpoint_auth_methods_supported
        expect(methods).toEqual(expect.arrayContaining(['private_key_jwt', 'none']))
      },
    ],
    [
      'RFC 9700, 2.1.1; RFC 9207, 3',
      'must',
      'it says that PKCE is there, and that answers name the issuer',
      async () => {
        expect(as.code_challenge_methods_supported).toEqual(['S256'])
        expect(as.authorization_response_iss_parameter_supported).toBe(true)
      },
    ],
    [
      'RFC 8414, 3 and 3.2',
      'must',
      'it is JSON without empty lists, before the path of the issuer',
      async () => {
        for (const value of Object.values(as)) expect(value).not.toEqual([])
        const publicUrl = 'https://api.example/customer'
        const env = { ...app.runtime, config: { ...app.runtime.config, publicUrl } }
        const path = '/.well-known/oauth-authorization-server/customer'
        const response = await createApp().request(path, {}, env)
        expect(response.headers.get('Content-Type')).toBe('application/json')
        expect(await response.json()).toMatchObject({ issuer: publicUrl })
      },
    ],
    [
      'RFC 8414, 3.3',
      'must',
      'the issuer is the one that was asked, and OpenID Connect reads the same',
      async () => {
        expect(as.issuer).toBe('http://customer.test')
        expect(await read('/.well-known/openid-configuration')).toEqual(as)
      },
    ],
    [
      'RFC 9728, 2 and 3.3; UCP',
      'must',
      'the resource names itself and its issuer',
      async () => {
        const resource = await read('/.well-known/oauth-protected-resource')
        expect(resource.resource).toBe('http://customer.test')
        expect(resource.authorization_servers).toEqual([as.issuer])
      },
    ],
  ])
})

describe('revocation', () => {
  holdRules([
    [
      'RFC 7009, 2; UCP',
      'must',
      'a refresh token ends with its access tokens, at once',
      async () => {
        const { access, refresh } = await native()
        expect(await isLetIn(app, access)).toBe(true)
        expect(await revoke(refresh, { client_id: NATIVE })).toBe(200)
        expect(await isLetIn(app, access)).toBe(false)
        expect(await revoke(refresh, { client_id: NATIVE })).toBe(200)
      },
    ],
    [
      'RFC 7009, 2',
      'should',
      'an access token ends too',
      async () => {
        const { access } = await native()
        expect(await revoke(access, { client_id: NATIVE })).toBe(200)
        expect(await isLetIn(app, access)).toBe(false)
      },
    ],
    [
      'RFC 7009, 2.1; UCP',
      'must',
      'a client proves itself as at the token endpoint: a public one by its name, another one not',
      async () => {
        const { access, refresh } = await sessionOf(SERVER.client_id, CALLBACK, SERVER)
        expect(await revoke(refresh, { client_id: SERVER.client_id })).toBe(401)
        expect(await revoke(refresh, { ...SERVER, client_secret: 'wrong' })).toBe(401)
        expect(await isLetIn(app, access)).toBe(true)
        expect(await revoke(refresh, SERVER)).toBe(200)
        expect(await isLetIn(app, access)).toBe(false)
        const other = await sessionOf(STOREFRONT)
        expect(await revoke(other.refresh, { client_id: STOREFRONT })).toBe(200)
        expect(await isLetIn(app, other.access)).toBe(false)
      },
    ],
    [
      'RFC 7009, 2.1',
      'must',
      "another client's token goes on",
      async () => {
        const { access, refresh } = await native()
        for (const token of [access, refresh]) {
          // It does not learn whether there is such a token.
          for (const other of [
            { client_id: STOREFRONT },
            { client_id: `${app.otherTenant}-native` },
            SERVER,
          ]) {
            expect(await revoke(token, other)).toBe(200)
          }
        }
        expect(await isLetIn(app, access)).toBe(true)
      },
    ],
    [
      'RFC 7009, 2.1',
      'must',
      'a wrong hint, or one that nobody knows, changes nothing',
      async () => {
        const { access, refresh } = await native()
        for (const [token, token_type_hint] of [
          [access, 'refresh_token'],
          [refresh, 'access_token'],
          [refresh, 'x'],
        ] as const) {
          expect(await revoke(token, { client_id: NATIVE, token_type_hint })).toBe(200)
        }
        expect(await isLetIn(app, access)).toBe(false)
      },
    ],
    [
      'RFC 7009, 2.2',
      'must',
      'a token that nobody knows is no error',
      async () => expect(await revoke('x', { client_id: NATIVE })).toBe(200),
    ],
    [
      'RFC 7009, 2',
      'must',
      'only POST is taken, so no token stands in a URL',
      async () => expect((await app.request('/oauth/revoke?token=x')).status).toBe(405),
    ],
  ])
})

describe('the resource', () => {
  holdRules([
    [
      'RFC 6750, 3; RFC 9728, 5.1; UCP',
      'must',
      'a request without a token learns who gives one, and of no error',
      async () =>
        expect(await challengeOf('/auth/me', null)).toEqual([
          401,
          `Bearer realm="${as.issuer}", ${METADATA}`,
        ]),
    ],
    [
      'RFC 6750, 3.1; UCP',
      'must',
      'a bad token is invalid_token',
      async () =>
        expect(await challengeOf('/auth/me', 'x.y.z')).toEqual([
          401,
          `Bearer realm="${as.issuer}", error="invalid_token", ${METADATA}`,
        ]),
    ],
    [
      'RFC 6750, 3.1; UCP',
      'must',
      'a token with too few scopes is told all scopes that it needs',
      async () =>
        expect(await challengeOf('/customer', (await native()).access)).toEqual([
          403,
          `Bearer realm="${as.issuer}", error="insufficient_scope", scope="customer:read", ${METADATA}`,
        ]),
    ],
    [
      'RFC 6750, 3',
      'should',
      'another authentication scheme is not reported as an invalid token',
      async () => {
        const path = '/auth/me?access_token='
        const { access } = await native()
        for (const [query, headers] of [
          ['', { Authorization: 'Basic eDp5' }],
          ['', { Authorization: 'Digest x' }],
          [access, {}],
        ] as const) {
          const answer = await app.request(path + query, { headers })
          expect([answer.status, answer.headers.get('WWW-Authenticate')]).toEqual([
            401,
            `Bearer realm="${as.issuer}", ${METADATA}`,
          ])
        }
      },
    ],
    [
      'RFC 9068, 4; UCP',
      'must',
      "a shopper's token without the scope of shoppers lets nobody in",
      async () => {
        const { access } = await native()
        const claims = AccessClaims.parse(decodeJwt(access))
        for (const scope of ['', 'foo', 'customer:read', 'accounts']) {
          const token = await app.runtime.identity.issuer.sign({ ...claims, scope }, 60)
          expect(await challengeOf('/auth/me', token)).toEqual([
            403,
            `Bearer realm="${as.issuer}", error="insufficient_scope", scope="account", ${METADATA}`,
          ])
        }
      },
    ],
    [
      'RFC 9068, 4; UCP',
      'must',
      'each request looks at the signature, the end and the client of its token',
      async () => {
        const { access } = await native()
        expect(await isLetIn(app, `${access.slice(0, -4)}AAAA`)).toBe(false)
        const clients = app.runtime.config.clients as Map<string, Client>
        const client = clients.get(NATIVE) as Client
        clients.delete(NATIVE)
        expect(await isLetIn(app, access)).toBe(false)
        clients.set(NATIVE, client)
        expect(await isLetIn(app, access)).toBe(true)
        app.advance(16 * 60_000)
        expect(await isLetIn(app, access)).toBe(false)
      },
    ],
    [
      'UCP',
      'must',
      "a shopper's token shows no other shopper",
      async () => {
        const { access: token } = await native()
        const other = await makeShopper(app)
        // No other scope would help, so none is named.
        expect(await challengeOf(`/customer/${other.id}`, token)).toEqual([
          403,
          `Bearer realm="${as.issuer}", ${METADATA}`,
        ])
      },
    ],
  ])
})
