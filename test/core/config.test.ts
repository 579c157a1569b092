import { describe, expect, test } from 'vitest'
import { Misconfigured, readConfig } from '../../src/config.ts'
import { SECRET, settings } from '../support/settings.ts'

const secret = SECRET
const good = settings
const tenant = good.tenants.shop
const DEVELOPMENT = { DEVELOPMENT: 'true', PUBLIC_URL: 'http://localhost:8787' }

test('every setting has a default, and a tenant overrides only what it names', () => {
  const config = readConfig({
    ...good,
    customer: { max_addresses: 3, auto_merge_guest: false },
    tenants: { shop: { ...tenant, max_addresses: 5, currency: 'eur' } },
  })
  expect(config.tenants.get('shop')).toMatchObject({
    max_addresses: 5,
    auto_merge_guest: false,
    require_email_verification: true,
    shopName: 'Shop',
    currency: 'EUR',
  })
})

test.each([
  ['outside development', {}, undefined, 15],
  ['in development, where the local queue is serial', DEVELOPMENT, undefined, 3],
  ['in development, when it is set', DEVELOPMENT, 20, 20],
])('a webhook may take its time: %s', (_, env, webhook_timeout_seconds, seconds) => {
  const customer = webhook_timeout_seconds === undefined ? {} : { webhook_timeout_seconds }
  const { tenants } = readConfig({ ...good, ...env, customer })
  expect(tenants.get('shop')?.webhook_timeout_seconds).toBe(seconds)
  const own = { shop: { ...tenant, webhook_timeout_seconds: 7 } }
  const other = readConfig({ ...good, ...env, customer, tenants: own })
  expect(other.tenants.get('shop')?.webhook_timeout_seconds).toBe(7)
})

test.each(['login', '//evil.example', '/a?b', '/a#b', '/a/../b', '/ä', '\\login', '', '/a b'])(
  'the page of a mail is no path: %j',
  (path) => {
    const tenants = { shop: { ...tenant, login_path: path } }
    expect(() => readConfig({ ...good, tenants })).toThrow(
      'tenants.shop.login_path: must be a path that begins with one slash',
    )
  },
)

test('secrets of shops and clients that are not there yet may be set first', () => {
  const known = JSON.parse(good.CLIENT_SECRETS)
  const secrets = {
    ...known,
    shop: { ...known.shop, later: ['vX0u3bM8pQz1LrT6yWn4KfHs9dGa2CeJ'] },
    eu: { erp: ['Jq7nB2xR5tYc8UvMw1ZkPd4SgLh6FeAo'] },
  }
  const { clients } = readConfig({ ...good, CLIENT_SECRETS: JSON.stringify(secrets) })
  expect([clients.has('later'), clients.has('erp')]).toEqual([false, false])
})

test('the page of a mail is a path below the shop', () => {
  const tenants = { shop: { ...tenant, login_path: '/konto/%C3%A4', undo_email_path: '/' } }
  expect(readConfig({ ...good, tenants }).tenants.get('shop')).toMatchObject({
    login_path: '/konto/%C3%A4',
    undo_email_path: '/',
    verify_email_path: '/verify-email',
  })
})

describe('what is wrong is named, and no secret is shown', () => {
  test.each<[object, string]>([
    [{ DATABASE_URL: undefined }, 'DATABASE_URL is missing'],
    [{ DATABASE_URL: `mysql://${secret}` }, 'DATABASE_URL: must start with'],
    [{ MASTER_SECRET: secret }, 'MASTER_SECRET: must be at least 32 bytes'],
    [{ CLIENT_SECRETS: secret }, 'CLIENT_SECRETS: must be JSON'],
    [{ CLIENT_SECRETS: '{}' }, 'CLIENT_SECRETS.shop.backend is missing'],
    [
      { customer: { max_adresses: 3 } },
      'customer.max_adresses is unknown; did you mean max_addresses?',
    ],
    [{ customer: { password_min_length: 6 } }, 'customer.password_min_length'],
    [{ tenants: {} }, 'tenants: must name at least one tenant: add [vars.tenants.<key>] with'],
    [
      { tenants: { shop: tenant, shpo: { clients: {} } } },
      'Configuration: tenants.shpo has no shopName, shopUrl, currency; did you mean tenants.shop?',
    ],
    [
      { tenants: { shop: tenant, eu: { clients: {} } } },
      'tenants.eu.shopName is missing; tenants.eu.shopUrl is missing; tenants.eu.currency is missing',
    ],
    ...['dollars', 'XXX', 'xau', ''].map(
      (currency) =>
        [
          { tenants: { shop: { ...tenant, currency } } },
          'tenants.shop.currency: must be an ISO 4217 code, such as "EUR"',
        ] satisfies [object, string],
    ),
    [
      { tenants: { shop: { ...tenant, currency: undefined } } },
      'tenants.shop.currency is missing: it must be an ISO 4217 code, such as "EUR"',
    ],
    [
      { tenants: { shop: { ...tenant, currency: 5 } } },
      'tenants.shop.currency: must be a text in quotes',
    ],
    ...['shop.example', 'ftp://shop.example', ''].map(
      (shopUrl) =>
        [
          { tenants: { shop: { ...tenant, shopUrl } } },
          'tenants.shop.shopUrl: must begin with https://',
        ] satisfies [object, string],
    ),
    [
      { tenants: { shop: { ...tenant, shopUrl: 'https://shop.example?a' } } },
      'tenants.shop.shopUrl: must be a URL without credentials, query',
    ],
    [
      { tenants: { shop: { ...tenant, clients: { backend: { scopes: ['root'] } } } } },
      'scopes: root is unknown',
    ],
    [
      {
        tenants: {
          shop: {
            ...tenant,
            clients: { backend: { scopes: ['customer:register', 'customer:read'] } },
          },
        },
      },
      'tenants.shop.clients.backend.scopes: a client with customer:register is for browsers and has no other scope',
    ],
  ])('%j', (change, message) => {
    expect.assertions(3)
    try {
      readConfig({ ...good, ...change })
    } catch (error) {
      expect(error).toBeInstanceOf(Misconfigured)
      expect(String(error)).toContain(message)
      expect(String(error)).not.toContain(secret)
    }
  })

  test('two tenants cannot have clients of one name, and all such clients are named', () => {
    const clients = { ...tenant.clients, till: { scopes: ['customer:read'] } }
    const many = { shop: { ...tenant, clients }, us: { ...tenant, clients } }
    const clash = (id: string) =>
      `tenants.us.clients.${id}: tenants.shop has a client of this name too; use another, such as ${id}-us`
    expect(() => readConfig({ ...good, tenants: many })).toThrow(
      new Misconfigured(`Configuration: ${clash('backend')}; ${clash('till')}`),
    )
  })
})
