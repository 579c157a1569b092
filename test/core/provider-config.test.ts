import { describe, expect, test } from 'vitest'
import { Misconfigured, readConfig } from '../../src/config.ts'
import { SECRET, settings } from '../support/settings.ts'

const { shop } = settings.tenants
const google = { issuer: 'https://accounts.google.com', client_id: 'shop.apps.example' }
const named = (providers: object, more: object = {}) => ({
  tenants: { shop: { ...shop, providers, ...more } },
})
const secrets = (its: object) => ({ PROVIDER_SECRETS: JSON.stringify({ shop: its }) })
const good = { ...settings, ...named({ google }), ...secrets({ google: SECRET }) }

test('a provider has its name on the button, asks for the address, and answers in the URL', () => {
  expect(readConfig(good).providers).toEqual([
    {
      ...{ tenant: 'shop', name: 'google', label: 'google', issuer: google.issuer },
      ...{ clientId: google.client_id, clientSecret: SECRET },
      ...{ scopes: ['openid', 'email'], responseMode: 'query' },
    },
  ])
})

test('the settings may say otherwise, and keep their order', () => {
  const apple = {
    ...{ issuer: 'https://appleid.apple.com', client_id: 'com.example.shop', label: 'Apple' },
    ...{ scopes: ['openid', 'email', 'name'], response_mode: 'form_post' },
  }
  const env = {
    ...good,
    ...named({ google, apple }),
    ...secrets({ google: SECRET, apple: SECRET }),
  }
  expect(readConfig(env).providers).toMatchObject([
    { name: 'google' },
    { name: 'apple', label: 'Apple', scopes: apple.scopes, responseMode: 'form_post' },
  ])
})

test('a shop without providers needs no secret, and its settings name none', () => {
  const config = readConfig(settings)
  expect(config.providers).toEqual([])
  expect(readConfig(good).tenants.get('shop')).not.toHaveProperty('providers')
})

test('in development a provider on this machine without a secret has its name as one, and no other has', () => {
  const local = { DEVELOPMENT: 'true', PUBLIC_URL: 'http://localhost:8787' }
  const here = named({ mine: { ...google, issuer: 'http://localhost:9000' } })
  const env = { ...good, ...local, PROVIDER_SECRETS: undefined }
  const [provider] = readConfig({ ...env, ...here }).providers
  expect(provider?.clientSecret).toBe('mine')
  expect(() => readConfig(env)).toThrow('PROVIDER_SECRETS.shop.google is missing')
  for (const issuer of ['http://accounts.google.com', 'http://192.168.0.7', 'http://id.local']) {
    const away = named({ google: { ...google, issuer } })
    expect(() => readConfig({ ...good, ...local, ...away })).toThrow(
      'tenants.shop.providers.google.issuer: must be https, or at localhost',
    )
  }
})

test('tenants may share a provider', () => {
  const env = {
    ...good,
    tenants: {
      shop: { ...shop, providers: { google } },
      other: { ...shop, clients: {}, providers: { google: { ...google, client_id: 'other' } } },
    },
    PROVIDER_SECRETS: JSON.stringify({ shop: { google: SECRET }, other: { google: SECRET } }),
  }
  expect(readConfig(env).providers.map(({ clientId }) => clientId)).toEqual([
    google.client_id,
    'other',
  ])
})

const changed = (change: object) => named({ google: { ...google, ...change } })

describe('what is wrong is named, and no secret is shown', () => {
  test.each([
    [{ PROVIDER_SECRETS: undefined }, 'PROVIDER_SECRETS.shop.google is missing'],
    [secrets({ apple: SECRET }), 'PROVIDER_SECRETS.shop.google is missing'],
    [{ PROVIDER_SECRETS: SECRET }, 'PROVIDER_SECRETS: must be JSON'],
    [secrets({ google: '' }), 'PROVIDER_SECRETS.shop.google'],
    [
      secrets({ google: 'aaaaaaaaaaaaaaaaaaaaaaaa' }),
      'PROVIDER_SECRETS.shop.google can be guessed',
    ],
    [named({ hanzo: google }), 'tenants.shop.providers.hanzo: must not be hanzo'],
    [named({ Google: google }), 'tenants.shop.providers.Google: must be 1 to 30'],
    [named({ 'a/b': google }), 'tenants.shop.providers.a/b: must be 1 to 30'],
    [named({ ['a'.repeat(31)]: google }), 'must be 1 to 30'],
    [changed({ issuer: undefined }), 'tenants.shop.providers.google.issuer is missing'],
    [changed({ issuer: 'accounts.google.com' }), 'tenants.shop.providers.google.issuer'],
    [changed({ issuer: 'http://accounts.google.com' }), 'google.issuer: must be https'],
    [changed({ issuer: 'https://127.0.0.1' }), 'google.issuer: must be https at a public host'],
    [changed({ client_id: '' }), 'tenants.shop.providers.google.client_id'],
    [changed({ client_secret: SECRET }), 'google.client_secret is unknown'],
    [changed({ label: 'two\nlines' }), 'tenants.shop.providers.google.label: must be one line'],
    [changed({ scopes: ['email'] }), 'tenants.shop.providers.google.scopes: must name openid'],
    [changed({ scopes: ['openid email'] }), 'tenants.shop.providers.google.scopes.0'],
    [changed({ response_mode: 'fragment' }), 'tenants.shop.providers.google.response_mode'],
    [
      {
        ...named({ google }, { identity: 'hanzo', hanzo: { organization: 'a', clientId: 'a' } }),
        HANZO_SECRETS: JSON.stringify({ shop: SECRET }),
      },
      'tenants.shop.providers.google: a tenant at Hanzo ID has no other provider',
    ],
    [
      {
        tenants: {
          shop: { ...shop, providers: { google } },
          other: {
            ...{ ...shop, clients: {} },
            providers: { google: { ...google, issuer: 'https://id.example.com' } },
          },
        },
        PROVIDER_SECRETS: JSON.stringify({ shop: { google: SECRET }, other: { google: SECRET } }),
      },
      'tenants.other.providers.google.issuer: another tenant has this name for another issuer',
    ],
  ])('%j', (change, message) => {
    expect.assertions(3)
    try {
      readConfig({ ...good, ...change })
    } catch (error) {
      expect(error).toBeInstanceOf(Misconfigured)
      expect(String(error)).toContain(message)
      expect(String(error)).not.toContain(SECRET)
    }
  })
})
