import * as oauth from 'oauth4webapi'
import { describe, expect, test } from 'vitest'
import { languages } from '#core/mail'
import { createApp } from '../../../src/http/app.ts'
import { startTestApp } from '../../support/app.ts'
import { startHanzoApp } from '../../support/hanzo.ts'

const app = await startTestApp()

/** The service as it is reached under a URL. */
const reachedAt = (publicUrl: string) => {
  const env = { ...app.runtime, config: { ...app.runtime.config, publicUrl } }
  const service = createApp()
  return async (path: string) => {
    const response = await service.request(path, {}, env)
    const type = response.headers.get('Content-Type')
    return { status: response.status, type, body: response.ok ? await response.json() : null }
  }
}

const read = async (path: string) => (await app.call('GET', path, { token: null })).body
const as = await read('/.well-known/oauth-authorization-server')

describe('the metadata of the issuer (RFC 8414)', () => {
  test('says all that a client needs', () => {
    const url = 'http://customer.test'
    expect(as).toEqual({
      issuer: url,
      authorization_endpoint: `${url}/oauth/authorize`,
      token_endpoint: `${url}/oauth/token`,
      revocation_endpoint: `${url}/oauth/revoke`,
      jwks_uri: `${url}/.well-known/jwks.json`,
      service_documentation: `${url}/docs`,
      scopes_supported: expect.arrayContaining(['account', 'customer:read', 'customer:register']),
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
      grant_types_supported: ['authorization_code', 'client_credentials', 'refresh_token'],
      subject_types_supported: ['public'],
      prompt_values_supported: ['none', 'login', 'select_account', 'consent'],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: [
        'client_secret_basic',
        'client_secret_post',
        'private_key_jwt',
        'none',
      ],
      token_endpoint_auth_signing_alg_values_supported: ['ES256', 'EdDSA', 'PS256', 'RS256'],
      revocation_endpoint_auth_methods_supported: as.token_endpoint_auth_methods_supported,
      revocation_endpoint_auth_signing_alg_values_supported:
        as.token_endpoint_auth_signing_alg_values_supported,
      authorization_response_iss_parameter_supported: true,
      ui_locales_supported: languages,
      protected_resources: [url],
    })
  })

  test('is the same as that of OpenID Connect, and neither has an empty list', async () => {
    expect(await read('/.well-known/openid-configuration')).toEqual(as)
    for (const value of Object.values(as)) expect(value).not.toEqual([])
    expect(new Set(as.scopes_supported).size).toBe(as.scopes_supported.length)
  })

  test.each(['oauth2', 'oidc'] as const)('is found by a client library (%s)', async (algorithm) => {
    const issuer = new URL('http://customer.test')
    const response = await oauth.discoveryRequest(issuer, {
      algorithm,
      [oauth.allowInsecureRequests]: true,
      [oauth.customFetch]: (url) => app.request(new URL(url).pathname),
    })
    expect(await oauth.processDiscoveryResponse(issuer, response)).toMatchObject({
      issuer: as.issuer,
    })
  })
})

describe('the metadata of the resource (RFC 9728)', () => {
  test('names itself and its issuer', async () => {
    const url = 'http://customer.test'
    expect(await read('/.well-known/oauth-protected-resource')).toEqual({
      resource: url,
      authorization_servers: [url],
      scopes_supported: as.scopes_supported,
      bearer_methods_supported: ['header'],
      resource_documentation: `${url}/docs`,
    })
  })

  test('names the other issuer of a shop whose shoppers log in there', async () => {
    const shop = await startHanzoApp()
    const { body } = await shop.call('GET', '/.well-known/oauth-protected-resource', {
      token: null,
    })
    const [tenant] = shop.runtime.config.hanzo
    expect(body.authorization_servers).toEqual(['http://customer.test', tenant?.issuer])
  })
})

describe('under a path, the documents stand before it', () => {
  const ask = reachedAt('https://api.example/shop/customer')
  const documents = ['oauth-authorization-server', 'oauth-protected-resource'] as const

  test.each(documents)('%s', async (document) => {
    const { status, type, body } = await ask(`/.well-known/${document}/shop/customer`)
    expect([status, type]).toEqual([200, 'application/json'])
    const named = body as Readonly<Record<string, unknown>>
    expect(named.issuer ?? named.resource).toBe('https://api.example/shop/customer')
    // A proxy that takes the path away asks for it without.
    expect((await ask(`/.well-known/${document}`)).status).toBe(200)
  })

  test.each(documents)('%s of another path is not there', async (document) => {
    for (const path of ['/shop', '/shop/customer/', '/shop/customer/x', '/other', '/']) {
      expect((await ask(`/.well-known/${document}${path}`)).status).toBe(404)
    }
    const bare = reachedAt('https://api.example')
    expect((await bare(`/.well-known/${document}/shop`)).status).toBe(404)
    expect((await bare(`/.well-known/${document}/`)).status).toBe(404)
  })

  test('and nothing else does', async () => {
    expect((await ask('/.well-known/jwks.json/shop/customer')).status).toBe(404)
    expect((await ask('/healthz/shop/customer')).status).toBe(404)
  })
})
