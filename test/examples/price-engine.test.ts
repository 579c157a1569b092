import { generateKeyPair, SignJWT } from 'jose'
import { afterEach, expect, inject, test, vi } from 'vitest'
import priceEngine from '../../examples/price-engine/index.ts'
import { startTestApp } from '../support/app.ts'
import { logIn, makeShopper } from '../support/shopper.ts'

const app = await startTestApp()
// The Worker goes by the real clock.
app.advance(Date.now() - inject('start'))
const env = { ISSUER: app.runtime.identity.issuer.url, TENANT: app.tenant }
afterEach(() => void vi.restoreAllMocks())

/** What the Worker answers. The issuer is the service under test. */
async function price(token: string | null, reach = app.request) {
  vi.spyOn(globalThis, 'fetch').mockImplementation((url, init) =>
    reach(new URL(String(url)).pathname, init),
  )
  const headers = token === null ? {} : { Authorization: `Bearer ${token}` }
  const response = await priceEngine.fetch(new Request('https://price.test/', { headers }), env)
  return { status: response.status, ...Object(await response.json()) }
}

async function tokenOf(groups: readonly string[]): Promise<string> {
  const shopper = await makeShopper(app)
  for (const group of groups) {
    const { status } = await app.call('POST', `/customer/${shopper.id}/group`, { body: { group } })
    expect(status).toBe(201)
  }
  return (await logIn(app, shopper)).accessToken
}

/** A token as an issuer with a key of its own signs it. */
async function forged(claims: Readonly<Record<string, unknown>>): Promise<string> {
  const { privateKey } = await generateKeyPair('ES256')
  return new SignJWT({ tenant: app.tenant, groups: ['wholesale'], aud: env.ISSUER, ...claims })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'key_of_somebody_else' })
    .setExpirationTime('5m')
    .sign(privateKey)
}

test('keys that cannot be fetched are no fault of the token', async () => {
  const away = async () => new Response(null, { status: 503 })
  expect(await price(await tokenOf(['vip']), away)).toMatchObject({ status: 503 })
})

test.each([
  { groups: ['vip'], price: 2250, group: 'vip' },
  { groups: ['vip', 'wholesale'], price: 1750, group: 'wholesale' },
  { groups: ['new'], price: 2500, group: null },
])('the groups of a token decide: $groups', async ({ groups, ...answer }) => {
  expect(await price(await tokenOf(groups))).toEqual({ status: 200, ...answer })
})

test('who has no token pays the full price', async () => {
  expect(await price(null)).toEqual({ status: 200, price: 2500, group: null })
})

test('more groups than a token has room for are asked for', async () => {
  const many = Array.from({ length: 50 }, (_, n) => `a${n}`)
  const token = await tokenOf([...many, 'wholesale'])
  expect(await price(token)).toEqual({ status: 200, price: 1750, group: 'wholesale' })
  const away = async () => new Response(null, { status: 503 })
  expect(await price(token, away)).toMatchObject({ status: 503 })
})

test('a token of another issuer, of a key that nobody knows, or of another shop is refused', async () => {
  const { stranger } = app.tokens
  for (const token of [
    await forged({ iss: 'https://other.example' }),
    await forged({ iss: env.ISSUER }),
    stranger,
    'nonsense',
  ]) {
    expect(await price(token)).toMatchObject({ status: 401 })
  }
})
