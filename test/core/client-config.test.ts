import { describe, expect, test } from 'vitest'
import { Misconfigured, readConfig } from '../../src/config.ts'
import { SECRET, settings } from '../support/settings.ts'

const { shop } = settings.tenants
const LOCAL = { DEVELOPMENT: 'true', PUBLIC_URL: 'http://localhost:8787' }
const x = 'A'.repeat(43)
const ec = { kty: 'EC', crv: 'P-256', x, y: x }
const rsa = { kty: 'RSA', n: 'A'.repeat(342), e: 'AQAB' }
const ed = { kty: 'OKP', crv: 'Ed25519', x }

const storefront = { scopes: ['customer:register'] }
const native = { public: true, redirect_uris: ['http://127.0.0.1/callback'] }

/** What start-up says about a client of this kind. */
function said(client: object, { local = false, secret = false } = {}): string {
  const secrets = { backend: [SECRET], ...(secret ? { other: [`${SECRET}-2`] } : {}) }
  try {
    readConfig({
      ...settings,
      ...(local ? LOCAL : {}),
      CLIENT_SECRETS: JSON.stringify({ shop: secrets }),
      tenants: { shop: { ...shop, clients: { ...shop.clients, other: client } } },
    })
  } catch (error) {
    if (error instanceof Misconfigured) return error.message
    throw error
  }
  return ''
}
const at = (uri: string) => ({ ...storefront, redirect_uris: [uri] })
const withSecret = { secret: true }

describe('a login may lead to', () => {
  test.each([
    'https://shop.example/callback',
    'https://shop.example/callback?shop=1',
    'https://shop.example:8443/callback',
    'https://shop.example',
    'https://shop.example/',
    'http://127.0.0.1/callback',
    'http://127.0.0.1:3000/callback',
    'http://[::1]/callback',
  ])('%s', (uri) => {
    expect(said(at(uri), withSecret)).toBe('')
    expect(said(at(uri), { ...withSecret, local: true })).toBe('')
  })

  test.each(['http://localhost:3000/callback', 'http://app.localhost/callback'])(
    '%s in development, and nowhere else',
    (uri) => {
      expect(said(at(uri), { ...withSecret, local: true })).toBe('')
      expect(said(at(uri), withSecret)).toContain(
        'tenants.shop.clients.other.redirect_uris.0: must be https at a public host name',
      )
    },
  )

  test('a program on the own machine, if it keeps no secret', () => {
    const client = { scopes: ['customer:read'], redirect_uris: native.redirect_uris }
    expect(said(native)).toBe('')
    expect(said(client, withSecret)).toContain('only a public client may be at 127.0.0.1 or [::1]')
    expect(said(client, { ...withSecret, local: true })).toBe('')
  })
})

describe('no login may lead to', () => {
  test.each([
    'http://shop.example/callback',
    'http://10.0.0.7/callback',
    'http://192.168.1.2/callback',
  ])('%s: it is not safe', (uri) => {
    for (const local of [false, true]) {
      expect(said(at(uri), { ...withSecret, local })).toContain('redirect_uris.0: must be https')
    }
  })

  test.each([
    ['/callback', 'must be the whole URL, with https:// and the host: not only a path'],
    ['https://shop.example/callback#top', 'must have no fragment: leave out # and what follows it'],
    ['https://shop.example/callback#', 'must have no fragment'],
  ])('%j: its own sentence', (uri, sentence) => {
    expect(said(at(uri), withSecret)).toContain(`redirect_uris.0: ${sentence}`)
  })

  test('a text where the list must be is one fault', () => {
    const uri = 'https://shop.example/callback'
    expect(said({ ...storefront, redirect_uris: uri }, withSecret)).toMatch(
      /redirect_uris: must be a list in square brackets$/,
    )
  })

  test.each([
    'callback',
    '//shop.example/callback',
    'com.example.app:/callback',
    'javascript:alert(1)',
    'data:text/html,x',
    'https://user@shop.example/callback',
    'https://user:secret@shop.example/callback',
    'https://Shop.example/callback',
    'HTTPS://shop.example/callback',
    'https://shop.example:443/callback',
    'https://shop.example/a/../callback',
    'https://shop.example/./callback',
    'https://shop.example/call back',
    'https://shop.example/callback\n',
    ' https://shop.example/callback',
    'https://shop.example\\callback',
    'https:/shop.example/callback',
    'https://bücher.example/callback',
    'https://a;b.example/callback',
    "https://a'b.example/callback",
    'http://127.1/callback',
    'http://2130706433/callback',
    'http://0x7f.0.0.1/callback',
    '',
  ])('%j: browsers would write it otherwise', (uri) => {
    for (const local of [false, true]) {
      expect(said(at(uri), { ...withSecret, local })).toContain(
        'redirect_uris.0: must be an absolute http or https URL as browsers write it',
      )
    }
  })

  test.each(['code', 'state', 'iss', 'error', 'error_description'])(
    'a place that has %s already',
    (name) => {
      expect(said(at(`https://shop.example/callback?${name}=x`), withSecret)).toContain(
        'must have none of the parameters',
      )
    },
  )
})

describe('a client is', () => {
  test.each<[string, object, object?]>([
    ['a native app', native],
    ['a page without a server', { public: true, redirect_uris: ['https://app.example/'] }],
    ['a storefront with a page of its own', at('https://shop.example/callback'), withSecret],
    ['a server that logs shoppers in', { redirect_uris: ['https://shop.example/in'] }, withSecret],
    ['a service with a name', { scopes: ['customer:read'], name: 'The Shop App' }, withSecret],
    ['a service that signs by EC', { scopes: ['customer:read'], jwks: { keys: [ec] } }],
    ['a service that signs by RSA', { scopes: ['customer:read'], jwks: { keys: [rsa] } }],
    ['a service that signs by Ed25519', { scopes: ['customer:read'], jwks: { keys: [ed] } }],
    [
      'a service that changes its key',
      {
        scopes: ['customer:read'],
        jwks: {
          keys: [
            { ...ec, kid: '1', alg: 'ES256', use: 'sig', key_ops: ['verify'], ext: true },
            { ...rsa, kid: '2', alg: 'PS256' },
          ],
        },
      },
    ],
    [
      'a service that changes from a secret to a key',
      { scopes: ['customer:read'], jwks: { keys: [ec] } },
      withSecret,
    ],
  ])('%s', (_, client, given = {}) => {
    expect(said(client, given)).toBe('')
  })
})

const signs = (...keys: object[]) => ({ scopes: ['customer:read'], jwks: { keys } })
const name = 'tenants.shop.clients.other'

describe('no client is', () => {
  test.each<[string, object, string, object?]>([
    ['without a secret', { scopes: ['customer:read'] }, 'CLIENT_SECRETS.shop.other is missing'],
    ['a storefront without one', storefront, 'CLIENT_SECRETS.shop.other is missing'],
    ['without a purpose', {}, `${name} needs scopes, or redirect_uris`, withSecret],
    ['public with scopes', { ...native, scopes: ['customer:read'] }, `${name}.scopes: a public`],
    ['public with a key', { ...native, jwks: { keys: [ec] } }, `${name}.jwks: a public client`],
    ['public with a secret', native, `${name} is public, so CLIENT_SECRETS`, withSecret],
    ['public and leads nowhere', { public: true }, `${name}.redirect_uris: a public client needs`],
    [
      'a storefront with a key',
      { ...storefront, jwks: { keys: [ec] } },
      `${name}.jwks: a storefront keeps no key`,
    ],
    ['with a name of two lines', { ...native, name: 'My\nApp' }, `${name}.name: must be one line`],
    [
      'with a misspelt key',
      { ...native, redirect_uri: 'x' },
      'redirect_uri is unknown; did you mean redirect_uris?',
    ],
    ['with no key at all', signs(), `${name}.jwks.keys`],
    ['with a key of an unknown kind', signs({ kty: 'DSA' }), 'must be `EC`, `OKP` or `RSA`'],
    ['with a shared key', signs({ kty: 'oct', k: SECRET }), 'must be a public key'],
    ['with a private key', signs({ ...ec, d: SECRET }), 'must be a public key'],
    ['with a private RSA key', signs({ ...rsa, p: SECRET, q: SECRET }), 'must be a public key'],
    ['with another curve', signs({ ...ec, crv: 'P-521' }), 'must be `P-256`'],
    ['with a key to agree on keys', signs({ ...ed, crv: 'X25519' }), 'must be `Ed25519`'],
    ['with a short RSA key', signs({ ...rsa, n: 'A'.repeat(171) }), 'must be 2048 bits or more'],
    ['with half a key', signs({ kty: 'EC', crv: 'P-256', x }), `${name}.jwks.keys.0.y`],
    ['with a key to encrypt', signs({ ...ec, use: 'enc' }), 'must be `sig`'],
    ['with a key that must not verify', signs({ ...ec, key_ops: ['sign'] }), 'must have `verify`'],
    ['with an algorithm without a key', signs({ ...ec, alg: 'none' }), 'must be ES256'],
    ['with a shared algorithm', signs({ ...rsa, alg: 'HS256' }), 'must be PS256 or RS256'],
    [
      'with two keys of one name',
      signs({ ...ec, kid: '1' }, { ...ed, kid: '1' }),
      `${name}.jwks: two keys have the same kid`,
    ],
  ])('%s', (_, client, message, given = {}) => {
    const text = said(client, given)
    expect(text).toContain(message)
    expect(text).not.toContain(SECRET)
  })

  test('called like a customer', () => {
    const clients = { cust_01jz5qk8f3e8ar1vp0h2n4x6ab: { scopes: ['customer:read'] } }
    const tenants = { shop: { ...shop, clients } }
    expect(() => readConfig({ ...settings, tenants })).toThrow('must not be called like a customer')
  })
})

describe("a shop's look", () => {
  const look = (change: object, env: object = {}) => {
    const tenants = { shop: { ...shop, ...change } }
    return () => readConfig({ ...settings, ...env, tenants }).tenants.get('shop')
  }

  test('has a logo and a colour', () => {
    const own = { logoUrl: 'https://cdn.shop.example/logo.svg', color: '#0a7C66' }
    expect(look(own)()).toMatchObject(own)
  })

  test.each([
    [{ color: 'red' }, 'color: must be a colour'],
    [{ color: '#fff' }, 'color: must be a colour'],
    [{ color: '#0a7c66;}' }, 'color: must be a colour'],
    [{ logoUrl: 'http://shop.example/logo.svg' }, 'logoUrl: must be an https URL'],
    [{ logoUrl: 'data:image/svg+xml,x' }, 'logoUrl: must be an https URL'],
    [{ logoUrl: "https://a;b'c.example/logo.svg" }, 'logoUrl: must be an https URL'],
    [{ logoUrl: 'https://10.0.0.7/logo.svg' }, 'logoUrl: must be https at a public host name'],
  ])('%j is refused', (change, message) => {
    expect(look(change)).toThrow(`tenants.shop.${message}`)
  })
})
