import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { PASSWORD, startHanzoApp } from '../../support/hanzo.ts'
import { expectNone } from '../../support/log-line.ts'
import { someAddress } from '../../support/shopper.ts'

const HOUR = 3_600_000
const WEEK_SECONDS = 7 * 24 * 3600

const lines: string[] = []
for (const level of ['log', 'warn', 'error'] as const) {
  vi.spyOn(console, level).mockImplementation((line) => void lines.push(String(line)))
}
/** Of its own, so that nothing is known of Hanzo ID yet, or the clock can be moved. */
const startShop = async (api: 'iam' | 'casdoor' = 'iam') => {
  const shop = await startHanzoApp({ api })
  shop.hanzo.state.lifetime = WEEK_SECONDS
  return shop
}
const away = { path: '/', how: 'cut' as const }

describe('while the keys of Hanzo ID cannot be had', () => {
  test.each(['cut', 'fail', 'page'] as const)(
    'tokens are believed for a day by the keys that are known, then nobody is let in (%s)',
    async (how) => {
      const shop = await startShop()
      const { session } = await shop.makeShopper()
      const ask = async () => {
        const { status, body, headers } = await shop.me(session.accessToken)
        return [status, body.code, headers.get('Retry-After')]
      }
      shop.hanzo.state.fault = { path: '/', how }
      shop.advance(11 * 60_000)
      expect(await ask()).toEqual([200, undefined, null])
      shop.advance(23 * HOUR)
      expect(await ask()).toEqual([200, undefined, null])
      shop.advance(2 * HOUR)
      expect(await ask()).toEqual([503, 'issuer_unavailable', '5'])
      shop.hanzo.state.fault = null
      expect(await ask()).toEqual([200, undefined, null])
    },
  )

  test('an isolate that knows none lets nobody in, and believes nothing', async () => {
    const shop = await startShop()
    const user = shop.hanzo.addUser({ owner: shop.tenant, name: 'someone' })
    shop.hanzo.state.fault = away
    const { status, body, headers } = await shop.me(await shop.hanzo.accessToken(user))
    expect([status, body.code]).toEqual([503, 'issuer_unavailable'])
    expect(Number(headers.get('Retry-After'))).toBeGreaterThan(0)
    expect((await shop.call('GET', '/customer')).status).toBe(200)
  })

  test('a document that names another issuer is not believed', async () => {
    const shop = await startShop()
    shop.hanzo.state.name = 'https://hanzo.example'
    expect((await shop.logIn(someAddress())).status).toBe(503)
    shop.hanzo.state.name = null
    expect((await shop.logIn(someAddress())).status).toBe(401)
  })

  test('tokens that Hanzo ID hands out and its keys do not prove let nobody in', async () => {
    const shop = await startShop()
    const { email } = await shop.makeShopper()
    shop.hanzo.state.claims = { owner: 'another-org' }
    expect((await shop.logIn(email)).status).toBe(503)
    shop.hanzo.state.claims = { iss: 'https://hanzo.example' }
    expect((await shop.logIn(email)).status).toBe(503)
  })

  test('a key that is new meanwhile is not known, and not refused for good either', async () => {
    const shop = await startShop()
    const { email, session } = await shop.makeShopper()
    await shop.hanzo.keys.rotate()
    const user = shop.hanzo.userOf(email)
    if (user === undefined) throw new Error('no user')
    const token = await shop.hanzo.accessToken(user)
    shop.hanzo.state.fault = away
    const { status, body } = await shop.me(token)
    expect([status, body.code]).toEqual([503, 'issuer_unavailable'])
    expect((await shop.me(session.accessToken)).status).toBe(200)
  })

  test('slow keys hold up one request, not those beside it, and none is let in wrongly', async () => {
    const shop = await startShop()
    const { session } = await shop.makeShopper()
    shop.advance(11 * 60_000)
    shop.hanzo.state.fault = { path: '/', how: 'hang' }
    const seen = await Promise.all([1, 2, 3].map(() => shop.me(session.accessToken)))
    expect(seen.map(({ status }) => status)).toEqual([200, 200, 200])
    const stranger = await shop.hanzo.keys.stranger('cert-new')
    const forged = await shop.hanzo.keys.sign(
      { iss: shop.hanzo.url, aud: 'shop-store' },
      { key: stranger },
    )
    const { status, body } = await shop.me(forged)
    expect([status, body.code]).toEqual([503, 'issuer_unavailable'])
  })
})

test('a key that is new is found at once, also inside the cool-down of a search', async () => {
  const shop = await startShop()
  const { email } = await shop.makeShopper()
  const user = shop.hanzo.userOf(email)
  if (user === undefined) throw new Error('no user')
  for (let turn = 0; turn < 3; turn++) {
    await shop.hanzo.keys.rotate()
    expect((await shop.logIn(email)).status).toBe(200)
  }
  const stranger = await shop.hanzo.keys.stranger('cert-unknown')
  const forged = await shop.hanzo.keys.sign(shop.hanzo.claimsOf(user), { key: stranger })
  expect((await shop.me(forged)).status).toBe(401)
  await shop.hanzo.keys.rotate()
  expect((await shop.logIn(email)).status).toBe(200)
})

describe.each(['iam', 'casdoor'] as const)('while Hanzo ID is away (%s)', async (api) => {
  const shop = await startShop(api)
  const { hanzo, ask, inbox, makeShopper, logIn } = shop
  const unavailable = { status: 503, body: { code: 'issuer_unavailable' } }
  beforeEach(() => {
    hanzo.state.fault = null
  })
  afterEach(() => {
    hanzo.state.fault = null
  })
  const later = async () => {
    shop.advance(6 * 60_000)
    await shop.cron()
    await shop.drain()
  }

  test('a login is put off, and does not count as failed', async () => {
    const { email } = await makeShopper()
    hanzo.state.fault = away
    for (let turn = 0; turn < 8; turn++) expect(await logIn(email)).toMatchObject(unavailable)
    hanzo.state.fault = null
    expect((await logIn(email)).status).toBe(200)
  })

  test('a refresh is put off, and the same refresh token is good afterwards', async () => {
    const { session } = await makeShopper()
    const refresh = () => ask('POST', '/auth/refresh', { refreshToken: session.refreshToken })
    hanzo.state.fault = away
    expect(await refresh()).toMatchObject(unavailable)
    expect(await refresh()).toMatchObject(unavailable)
    hanzo.state.fault = null
    expect((await refresh()).status).toBe(200)
  })

  test('a logout ends the session all the same', async () => {
    const { session } = await makeShopper()
    hanzo.state.fault = away
    const { refreshToken } = session
    expect((await ask('POST', '/auth/logout', { refreshToken })).status).toBe(204)
    expect((await shop.me(session.accessToken)).status).toBe(401)
  })

  test('a storefront’s registration goes on, and its verification is put off and repeated', async () => {
    const email = someAddress()
    hanzo.state.fault = away
    expect((await ask('POST', '/customer', { email, password: PASSWORD })).status).toBe(202)
    const { token } = await inbox.next(email)
    const verify = () => ask('POST', '/auth/verify-email', { token, password: PASSWORD })
    expect(await verify()).toMatchObject(unavailable)
    const list = await shop.call('GET', `/customer?email=${encodeURIComponent(email)}`)
    expect(list.body.data).toEqual([])
    hanzo.state.fault = null
    expect((await verify()).status).toBe(200)
  })

  test('a service’s registration leaves no half account, here or there, and is repeated', async () => {
    const body = { email: someAddress(), password: PASSWORD }
    const headers = { 'Idempotency-Key': `again-${api}` }
    const register = () => shop.call('POST', '/customer', { body, headers })
    hanzo.state.fault = away
    expect(await register()).toMatchObject(unavailable)
    hanzo.state.fault = { path: 'token', how: 'fail' }
    shop.advance(10 * 60_000)
    expect(await register()).toMatchObject(unavailable)
    hanzo.state.fault = null
    await later()
    expect(hanzo.userOf(body.email)).toBeUndefined()
    expect((await register()).status).toBe(201)
    expect(hanzo.userOf(body.email)).toMatchObject({ password: PASSWORD })
    await later()
    expect(hanzo.userOf(body.email)).toBeDefined()
  })

  test('a user whose customer was refused in the end goes again', async () => {
    const externalId = `ext-${api}`
    await shop.call('POST', '/customer', { body: { email: someAddress(), externalId } })
    const email = someAddress()
    const body = { email, password: PASSWORD, externalId }
    expect((await shop.call('POST', '/customer', { body })).body.code).toBe('external_id_taken')
    expect(hanzo.userOf(email)).toBeDefined()
    await later()
    expect(hanzo.userOf(email)).toBeUndefined()
  })

  test('a reset is put off, and its link is good afterwards', async () => {
    const { email } = await makeShopper()
    shop.advance(61_000)
    await ask('POST', '/auth/password/forgot', { email })
    const { token } = await inbox.next(email)
    const reset = () => ask('POST', '/auth/password/reset', { token, password: 'newriver4711' })
    hanzo.state.fault = away
    expect(await reset()).toMatchObject(unavailable)
    hanzo.state.fault = null
    expect((await reset()).status).toBe(204)
    expect((await logIn(email, 'newriver4711')).status).toBe(200)
  })

  test('who is disabled meanwhile is out here at once, and there when it is back', async () => {
    const { id, email, session } = await makeShopper()
    hanzo.state.fault = away
    await shop.call('POST', `/customer/${id}/disable`)
    expect((await shop.me(session.accessToken)).status).toBe(401)
    await shop.cron()
    await shop.drain()
    expect(hanzo.userOf(email)?.isForbidden).toBe(false)
    hanzo.state.fault = null
    await later()
    shop.advance(HOUR)
    await shop.cron()
    await shop.drain()
    expect(hanzo.userOf(email)?.isForbidden).toBe(true)
  })

  test('an application that may not use the password grant is no reason to crash', async () => {
    hanzo.state.grants = ['refresh_token', 'client_credentials']
    expect(await logIn(someAddress())).toMatchObject(unavailable)
    hanzo.state.grants = ['password', 'refresh_token', 'client_credentials']
  })
})

test('what was logged holds no password, secret, token or address', () => {
  expectNone(lines, [PASSWORD, 'hanzo-secret', '@example', '@Example'])
})
