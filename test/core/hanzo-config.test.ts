import { expect, test } from 'vitest'
import { Misconfigured, readConfig } from '../../src/config.ts'
import { settings } from '../support/settings.ts'

const secret = 'a-secret-that-must-not-be-shown'
const hanzo = {
  organization: 'acme',
  clientId: 'acme-store',
  services: { 'acme-backend': { subject: 'admin/acme-backend', scopes: ['customer:read'] } },
}
const tenant = {
  shopName: 'Shop',
  shopUrl: 'https://shop.example',
  currency: 'USD',
  identity: 'hanzo',
  hanzo,
}
const good = {
  ...settings,
  CLIENT_SECRETS: '{}',
  HANZO_SECRETS: JSON.stringify({ shop: secret }),
  customer: {},
  tenants: { shop: tenant },
}

test('a tenant is at hanzo.id, by the present API, unless it says otherwise', () => {
  const [found, ...rest] = readConfig(good).hanzo
  expect(rest).toEqual([])
  expect(found).toMatchObject({
    ...{ tenant: 'shop', issuer: 'https://hanzo.id', organization: 'acme', application: null },
    settings: { hanzo_api: 'iam', hanzo_direct_tokens: false },
    services: [{ clientId: 'acme-backend', subject: 'admin/acme-backend' }],
  })
})

test('a tenant that keeps its own people needs none of it', () => {
  const tenants = { shop: { ...tenant, identity: 'embedded' } }
  expect(readConfig({ ...good, tenants, HANZO_SECRETS: undefined }).hanzo).toEqual([])
})

const withHanzo = (change: object) => ({
  tenants: { shop: { ...tenant, hanzo: { ...hanzo, ...change } } },
})
const service = (change: object) =>
  withHanzo({ services: { 'acme-backend': { ...hanzo.services['acme-backend'], ...change } } })

test.each([
  [{ HANZO_SECRETS: undefined }, 'HANZO_SECRETS.shop is missing'],
  [{ HANZO_SECRETS: secret }, 'HANZO_SECRETS: must be JSON'],
  [{ HANZO_SECRETS: JSON.stringify({ shop: '' }) }, 'HANZO_SECRETS.shop'],
  [
    { tenants: { shop: { ...tenant, hanzo: undefined } } },
    'tenants.shop.hanzo is missing: identity = "hanzo" needs that section',
  ],
  [withHanzo({ organization: '' }), 'tenants.shop.hanzo.organization'],
  [withHanzo({ clientId: undefined }), 'tenants.shop.hanzo.clientId is missing'],
  [withHanzo({ secret }), 'hanzo.secret is unknown'],
  [service({ scopes: ['root'] }), 'tenants.shop.hanzo.services.acme-backend.scopes'],
  [service({ scopes: ['customer:register'] }), 'customer:register is for browsers'],
  [{ customer: { identity: 'google' } }, 'customer.identity'],
  [{ customer: { hanzo_api: 'v1' } }, 'customer.hanzo_api'],
  [{ customer: { hanzo_issuer: 'http://hanzo.id' } }, 'hanzo_issuer: must be https'],
  [{ customer: { hanzo_issuer: 'https://hanzo.id/' } }, 'hanzo_issuer: must not end with a slash'],
  [
    {
      tenants: { shop: tenant, other: { ...tenant, hanzo: { ...hanzo, services: {} } } },
      HANZO_SECRETS: JSON.stringify({ shop: secret, other: secret }),
    },
    'tenants.other.hanzo.organization is that of another tenant',
  ],
  [
    {
      tenants: {
        shop: { ...tenant, clients: { 'acme-backend': { scopes: ['customer:read'] } } },
      },
      CLIENT_SECRETS: JSON.stringify({ shop: { 'acme-backend': [secret] } }),
    },
    'tenants.shop.hanzo.services.acme-backend: another client has this name',
  ],
])('what is wrong is named, and no secret is shown: %j', (change, message) => {
  expect.assertions(3)
  try {
    readConfig({ ...good, ...change })
  } catch (error) {
    expect(error).toBeInstanceOf(Misconfigured)
    expect(String(error)).toContain(message)
    expect(String(error)).not.toContain(secret)
  }
})
