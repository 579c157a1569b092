import { describe, expect, test } from 'vitest'
import { passkeyOrigins, rpIdOf, type Settings } from '#core/context'
import { Misconfigured, readConfig } from '../../src/config.ts'
import { settings } from '../support/settings.ts'

const LOCAL = { DEVELOPMENT: 'true', PUBLIC_URL: 'http://localhost:8787' }

function read(change: object, env: object = {}): Settings | string {
  try {
    const shop = { ...settings.tenants.shop, ...change }
    const config = readConfig({ ...settings, tenants: { shop }, ...env })
    return config.tenants.get('shop') ?? 'no shop'
  } catch (error) {
    if (error instanceof Misconfigured) return error.message
    throw error
  }
}

const siteOf = (change: object, publicUrl = 'https://customer.example', env = {}) => {
  const shop = read(change, env)
  if (typeof shop === 'string') throw new Error(shop)
  return [rpIdOf(shop), ...passkeyOrigins(shop, publicUrl)]
}

describe('passkeys belong to', () => {
  test("the shop's host, and its pages may use them", () => {
    expect(siteOf({})).toEqual(['shop.example', 'https://shop.example'])
    expect(siteOf({ shopUrl: 'https://www.shop.example:8443/en' })).toEqual([
      'www.shop.example',
      'https://www.shop.example:8443',
    ])
  })

  test('the domain of the setting, with all that is at it or below it, and nothing that only looks so', () => {
    const cors_origins = [
      '*',
      'https://shop.example',
      'https://app.shop.example',
      'https://evilshop.example',
      'https://shop.example.evil.example',
      'http://localhost:3000',
    ]
    const shop = { shopUrl: 'https://www.shop.example', passkey_rp_id: 'shop.example' }
    expect(siteOf({ ...shop, cors_origins }, 'https://login.shop.example')).toEqual([
      'shop.example',
      'https://www.shop.example',
      'https://shop.example',
      'https://app.shop.example',
      'https://login.shop.example',
    ])
  })

  test('this machine in development', () => {
    const shopUrl = 'http://localhost:3000'
    expect(siteOf({ shopUrl }, LOCAL.PUBLIC_URL, LOCAL)).toEqual([
      'localhost',
      'http://localhost:3000',
      'http://localhost:8787',
    ])
    expect(siteOf({ shopUrl, passkey_rp_id: 'localhost' }, LOCAL.PUBLIC_URL, LOCAL)[0]).toBe(
      'localhost',
    )
  })
})

describe('neither production nor development starts with passkeys of', () => {
  test.each([
    ...['', 'com', 'example', 'https://shop.example', 'shop.example/', 'shop.example:443'],
    ...['Shop.example', 'bücher.example', 'shop.example.', '*.shop.example', 'shop .example'],
    ...['127.0.0.1', '8.8.8.8', '[::1]', '0x7f.1', '-shop.example', 'a..example', 7, null],
  ])('%j', (passkey_rp_id) => {
    for (const env of [{}, LOCAL]) {
      expect(read({ passkey_rp_id }, env)).toContain('tenants.shop.passkey_rp_id: ')
    }
  })

  test.each(['other.example', 'op.example', 'a.shop.example'])(
    '%s, where nobody has a page',
    (passkey_rp_id) => {
      for (const env of [{}, LOCAL]) {
        expect(read({ passkey_rp_id }, env)).toContain(
          'tenants.shop.passkey_rp_id: must be the host of shopUrl, cors_origins or PUBLIC_URL, or a domain above it',
        )
      }
    },
  )
})

test.each(['localhost', 'printer.local', 'db.internal', '1.0.0.127.in-addr.arpa'])(
  'production does not start with passkeys of %s',
  (passkey_rp_id) => {
    const said = read({ passkey_rp_id, cors_origins: [`https://${passkey_rp_id}`] })
    expect(said).toContain('tenants.shop.passkey_rp_id: must be a public host name')
  },
)
