import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { CALLBACK, startTestApp } from '../../support/app.ts'
import {
  challengeOf,
  exchange,
  type Given,
  giveCodeTo,
  isLetIn,
  makeVerifier,
} from '../../support/code.ts'
import { browserAt, requestOf } from '../../support/login-page.ts'
import { query } from '../../support/rows.ts'
import { logIn, makeShopper, PASSWORD } from '../../support/shopper.ts'

const app = await startTestApp({
  clients: {
    server: { redirect_uris: ['https://shop.example/in'], scopes: ['customer:read'] },
    native: { public: true, redirect_uris: ['http://127.0.0.1/callback'] },
  },
})
const { tenant, otherTenant } = app
const STOREFRONT = `${tenant}-storefront`
const NATIVE = `${tenant}-native`
const SERVER = `${tenant}-server`

const give = async (wish: Parameters<typeof giveCodeTo>[2] = {}) =>
  giveCodeTo(app, await makeShopper(app), wish)
const native = (port = 51_004) =>
  give({ client: NATIVE, redirectUri: `http://127.0.0.1:${port}/callback` })

const invalidGrant = [400, 'invalid_grant']
const outcome = async (
  ...given: Parameters<typeof exchange> extends [unknown, ...infer R] ? R : never
) => {
  const { status, said } = await exchange(app, ...given)
  return [status, said]
}

describe('a code is exchanged for a session', () => {
  test('of its client, with the proof of the login', async () => {
    const shopper = await makeShopper(app)
    const given = await giveCodeTo(app, shopper)
    app.advance(20_000)
    const { status, headers, body } = await exchange(app, given)
    expect(status).toBe(200)
    expect(headers.get('Cache-Control')).toBe('no-store')
    expect(headers.get('Content-Type')).toContain('application/json')
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 900, scope: 'account' })
    expect(decodeJwt(body.access_token)).toMatchObject({
      sub: shopper.id,
      client_id: STOREFRONT,
      tenant,
      scope: 'account',
      iss: 'http://customer.test',
      aud: 'http://customer.test',
    })
    const { body: sessions } = await app.call('GET', '/auth/session', { token: body.access_token })
    const [session] = sessions.data
    expect(session).toMatchObject({ clientId: STOREFRONT, current: true })
    const waited = Date.parse(session.createdAt) - Date.parse(session.provenAt)
    expect(waited).toBeGreaterThanOrEqual(20_000)
  })

  test('of the browser that showed the page, not of a server that exchanges the code', async () => {
    const { email } = await makeShopper(app)
    const verifier = makeVerifier()
    const who = { 'CF-Connecting-IP': '203.0.113.60', 'User-Agent': 'A browser' }
    const browser = browserAt(app, who)
    const page = await browser.open(requestOf(app, { code_challenge: challengeOf(verifier) }))
    const { answer } = await browser.send(page, { email, password: PASSWORD })
    const given = { code: answer.code ?? '', verifier, redirectUri: CALLBACK, client: STOREFRONT }
    const server = { 'CF-Connecting-IP': '198.51.100.60', 'User-Agent': 'A server' }
    const { body } = await exchange(app, given, {}, server)
    const { body: sessions } = await app.call('GET', '/auth/session', { token: body.access_token })
    expect(sessions.data[0]).toMatchObject({ address: '203.0.113.60', userAgent: 'A browser' })
  })

  test('in one trip, and refreshed by the client alone', async () => {
    const given = await native()
    app.wire.reset()
    const { body } = await exchange(app, given)
    expect(app.wire.count().trips).toBe(1)
    const refresh = async (client_id: string) => {
      const fields = { grant_type: 'refresh_token', refresh_token: body.refresh_token, client_id }
      const init = { method: 'POST', body: new URLSearchParams(fields) }
      return (await app.request('/oauth/token', init)).status
    }
    expect([await refresh(STOREFRONT), await refresh(NATIVE)]).toEqual([400, 200])
  })

  test('by a client with a secret, if it shows it', async () => {
    const given = await give({ client: SERVER, redirectUri: 'https://shop.example/in' })
    expect(await outcome(given)).toEqual([401, 'invalid_client'])
    expect(await outcome(given, { client_secret: 'wrong' })).toEqual([401, 'invalid_client'])
    const basic = { Authorization: `Basic ${btoa(`${SERVER}:secret`)}` }
    expect(await outcome(given, { client_id: null }, basic)).toEqual([200, undefined])
  })

  test('that a client with a secret alone refreshes, with its secret, wherever it asks', async () => {
    const own = { client_secret: 'secret' }
    const given = await give({ client: SERVER, redirectUri: 'https://shop.example/in' })
    const { body } = await exchange(app, given, own)
    const ask = (refreshToken: string, more = {}) =>
      app.call('POST', '/auth/refresh', { token: null, body: { refreshToken, ...more } })
    const codeOf = async (...asked: Parameters<typeof ask>) => {
      const { status, body: said } = await ask(...asked)
      return [status, said.code]
    }
    const first = body.refresh_token
    const proof = { clientId: SERVER, clientSecret: 'secret' }
    expect(await codeOf(first)).toEqual([401, 'invalid_client'])
    expect(await codeOf(first, { ...proof, clientSecret: 'wrong' })).toEqual([
      401,
      'invalid_client',
    ])
    const other = { clientId: `${tenant}-service`, clientSecret: 'secret' }
    expect(await codeOf(first, other)).toEqual([401, 'session_ended'])
    expect(await codeOf(first, { clientId: SERVER })).toEqual([422, 'invalid_input'])
    // None of these has ended it.
    const { status, body: second } = await ask(first, proof)
    expect(status).toBe(200)
    const fresh = await app.call('POST', '/auth/reauthenticate', {
      token: second.accessToken,
      body: { password: PASSWORD },
    })
    expect(fresh.status).toBe(200)
    expect(await codeOf(fresh.body.refreshToken)).toEqual([401, 'invalid_client'])
    const { status: again, body: third } = await ask(fresh.body.refreshToken, proof)
    expect(again).toBe(200)
    const logout = { token: null, body: { refreshToken: third.refreshToken } }
    expect((await app.call('POST', '/auth/logout', logout)).status).toBe(204)
    expect(await isLetIn(app, third.accessToken)).toBe(false)
  })

  test('by a storefront with or without its secret, by a native app without one', async () => {
    expect(await outcome(await give(), { client_secret: 'secret' })).toEqual([200, undefined])
    expect(await outcome(await give(), { client_secret: 'wrong' })).toEqual([401, 'invalid_client'])
    const given = await native()
    for (const client_secret of ['secret', 'x']) {
      expect(await outcome(given, { client_secret })).toEqual([401, 'invalid_client'])
    }
    expect(await outcome(given)).toEqual([200, undefined])
  })

  test('with a verifier of 43 to 128 characters of its alphabet', async () => {
    for (const verifier of ['a'.repeat(43), '-._~'.repeat(32)]) {
      expect(await outcome(await give({ verifier }))).toEqual([200, undefined])
    }
  })

  test('of 256 random bits, of which only the hash is stored', async () => {
    const codes = await Promise.all(Array.from({ length: 3 }, () => native()))
    for (const { code, verifier } of codes) {
      expect(Buffer.from(code.slice(3), 'base64url')).toHaveLength(32)
      const rows = JSON.stringify(
        await query('select * from authorization_code where tenant = $1', [tenant]),
      )
      expect(rows).not.toContain(code)
      expect(rows).not.toContain(verifier)
    }
    expect(new Set(codes.map(({ code }) => code)).size).toBe(3)
  })
})

const badVerifiers: readonly (string | null)[] = [
  null,
  '',
  'a'.repeat(42),
  'a'.repeat(129),
  `${'a'.repeat(42)}+`,
  `${'a'.repeat(42)} `,
  `${'a'.repeat(42)}ä`,
  makeVerifier(),
]

describe('a code is not exchanged', () => {
  test.each(badVerifiers)('with the verifier %j', async (code_verifier) => {
    const given = await give()
    expect(await outcome(given, { code_verifier })).toEqual(invalidGrant)
    // Who guesses wrong takes nothing from the client.
    expect(await outcome(given)).toEqual([200, undefined])
  })

  test('with the challenge for the verifier', async () => {
    const given = await give()
    const [row] = await query<{ challenge: string }>(
      'select challenge from authorization_code where tenant = $1 order by created_at desc limit 1',
      [tenant],
    )
    expect(await outcome(given, { code_verifier: row?.challenge ?? '' })).toEqual(invalidGrant)
  })

  test.each([
    'https://shop.example/callback/',
    'https://shop.example/Callback',
    'https://shop.example/callback?',
    'https://shop.example/%63allback',
    'https://evil.example/callback',
  ])('at %s', async (redirect_uri) => {
    expect(await outcome(await give(), { redirect_uri })).toEqual(invalidGrant)
  })

  test('at another port, although any port may be asked for', async () => {
    const given = await native(51_004)
    const redirect_uri = 'http://127.0.0.1:51005/callback'
    expect(await outcome(given, { redirect_uri })).toEqual(invalidGrant)
    expect(await outcome(given)).toEqual([200, undefined])
  })

  test.each(['code', 'redirect_uri', 'grant_type'])('without %s', async (name) => {
    expect(await outcome(await give(), { [name]: null })).toEqual([400, 'invalid_request'])
  })

  test.each<[string, string, Readonly<Record<string, string>>, readonly unknown[]]>([
    ['another client', NATIVE, {}, invalidGrant],
    ['a client with a secret', SERVER, { client_secret: 'secret' }, invalidGrant],
    ["another tenant's client", `${otherTenant}-storefront`, {}, invalidGrant],
    [
      'a client without a page',
      `${tenant}-service`,
      { client_secret: 'secret' },
      [400, 'unauthorized_client'],
    ],
    ['nobody', 'nobody', {}, [401, 'invalid_client']],
  ])('by %s, who takes nothing from its client', async (_, client_id, more, expected) => {
    const given = await give()
    expect(await outcome(given, { client_id, ...more })).toEqual(expected)
    expect(await outcome(given)).toEqual([200, undefined])
  })

  test('after a minute', async () => {
    const [early, late] = [await give(), await give()]
    app.advance(55_000)
    expect(await outcome(early)).toEqual([200, undefined])
    app.advance(6_000)
    expect(await outcome(late)).toEqual(invalidGrant)
  })

  test.each(['ac_x', 'x', `ac_${'A'.repeat(43)}`, 'x'.repeat(1000)])('that is %s', async (code) => {
    expect(await outcome(await give(), { code })).toEqual(invalidGrant)
  })
})

describe('a code that is used twice', () => {
  test('gives nothing, and ends what it gave, at once', async () => {
    const given = await give()
    const { body } = await exchange(app, given)
    expect(await isLetIn(app, body.access_token)).toBe(true)
    expect(await outcome(given)).toEqual(invalidGrant)
    expect(await isLetIn(app, body.access_token)).toBe(false)
    const refresh = { refresh_token: body.refresh_token, grant_type: 'refresh_token' }
    expect(await outcome(given, { ...refresh, code: null })).toEqual(invalidGrant)
    expect(await outcome(given)).toEqual(invalidGrant)
  })

  test('ends the session that has taken the place of what it gave', async () => {
    const given = await give()
    const { body } = await exchange(app, given)
    const renew = async (token: string) => {
      const answer = await app.call('POST', '/auth/reauthenticate', {
        token,
        body: { password: PASSWORD },
      })
      return answer.body.accessToken as string
    }
    const fresh = await renew(await renew(body.access_token))
    expect(await isLetIn(app, fresh)).toBe(true)
    expect(await outcome(given)).toEqual(invalidGrant)
    expect(await isLetIn(app, fresh)).toBe(false)
  })

  test.each([null, '', 'a'.repeat(42), `${'a'.repeat(42)}+`, makeVerifier()])(
    'ends what it gave, with the verifier %j too',
    async (code_verifier) => {
      const given = await give()
      const { body } = await exchange(app, given)
      expect(await outcome(given, { code_verifier })).toEqual(invalidGrant)
      expect(await isLetIn(app, body.access_token)).toBe(false)
    },
  )

  test('ends what was refreshed since', async () => {
    const given = await give()
    const { body } = await exchange(app, given)
    const refresh = { refresh_token: body.refresh_token, grant_type: 'refresh_token', code: null }
    const { body: refreshed } = await exchange(app, given, refresh)
    expect(await isLetIn(app, refreshed.access_token)).toBe(true)
    expect(await outcome(given)).toEqual(invalidGrant)
    expect(await isLetIn(app, refreshed.access_token)).toBe(false)
    const again = { ...refresh, refresh_token: refreshed.refresh_token }
    expect(await outcome(given, again)).toEqual(invalidGrant)
  })

  test('ends it also after its time, and without its verifier', async () => {
    const [one, other] = [await give(), await give()]
    const first = (await exchange(app, one)).body.access_token
    const second = (await exchange(app, other)).body.access_token
    expect(await outcome(one, { code_verifier: makeVerifier() })).toEqual(invalidGrant)
    expect(await isLetIn(app, first)).toBe(false)
    app.advance(10 * 60_000)
    expect(await outcome(other)).toEqual(invalidGrant)
    expect(await isLetIn(app, second)).toBe(false)
  })

  test('leaves it to another client, and leaves the other sessions of the shopper', async () => {
    const shopper = await makeShopper(app)
    const { accessToken } = await logIn(app, shopper)
    const given = await giveCodeTo(app, shopper)
    const { body } = await exchange(app, given)
    expect(await outcome(given, { client_id: NATIVE })).toEqual(invalidGrant)
    expect(await isLetIn(app, body.access_token)).toBe(true)
    expect(await outcome(given)).toEqual(invalidGrant)
    expect(await isLetIn(app, accessToken)).toBe(true)
  })

  test('at the same moment, leaves no session', async () => {
    for (let n = 0; n < 5; n++) {
      const shopper = await makeShopper(app)
      const given = await giveCodeTo(app, shopper)
      const all = await Promise.all(Array.from({ length: 4 }, () => exchange(app, given)))
      const good = all.filter(({ status }) => status === 200)
      expect(good).toHaveLength(1)
      expect(await isLetIn(app, good[0]?.body.access_token)).toBe(false)
      const left = await query('select from session where tenant = $1 and customer_id = $2', [
        tenant,
        shopper.id,
      ])
      expect(left).toEqual([])
    }
  })

  test('is noticed for ten minutes, and forgotten then', async () => {
    const given = await give()
    await exchange(app, given)
    const count = async () =>
      (await query('select from authorization_code where tenant = $1', [tenant])).length
    app.advance(10 * 60_000)
    await app.cron('17 3 * * *')
    expect(await count()).toBeGreaterThan(0)
    app.advance(2 * 60_000)
    await app.cron('17 3 * * *')
    expect(await count()).toBe(0)
  })
})

describe('a code that was not exchanged ends with', () => {
  type Act = (it: { id: string; email: string; token: string }) => Promise<unknown>
  const acts: Readonly<Record<string, Act>> = {
    'a change of the password': ({ token }) =>
      app.call('POST', '/auth/password/change', {
        token,
        body: { currentPassword: PASSWORD, password: 'another quiet river 43' },
      }),
    'a log-out everywhere': ({ token }) => app.call('DELETE', '/auth/session', { token }),
    "staff's end of all sessions": ({ id }) => app.call('DELETE', `/customer/${id}/session`),
    'the account disabled': ({ id }) => app.call('POST', `/customer/${id}/disable`),
    'the account disabled and enabled': async ({ id }) => {
      await app.call('POST', `/customer/${id}/disable`)
      await app.call('POST', `/customer/${id}/enable`)
    },
    'another address': ({ id }) =>
      app.call('PATCH', `/customer/${id}`, { body: { email: `moved-${id}@example.com` } }),
    'a merge into another account': async ({ id: from }) =>
      app.call('POST', `/customer/${(await makeShopper(app)).id}/merge`, { body: { from } }),
    'its deletion': ({ id }) => app.call('DELETE', `/customer/${id}`),
    'its erasure': ({ id }) => app.call('POST', `/customer/${id}/erase`, { body: {} }),
  }
  test.each(Object.entries(acts))('%s', async (_, act) => {
    const shopper = await makeShopper(app)
    const { accessToken: token } = await logIn(app, shopper)
    const given: Given = await giveCodeTo(app, shopper)
    await act({ ...shopper, token })
    expect(await outcome(given)).toEqual(invalidGrant)
  })

  test('nothing that its owner does every day', async () => {
    const shopper = await makeShopper(app)
    const { accessToken: token, refreshToken } = await logIn(app, shopper)
    const given = await giveCodeTo(app, shopper)
    await app.call('PATCH', '/customer/me', { token, body: { firstName: 'Jane' } })
    await app.call('POST', '/auth/refresh', { token: null, body: { refreshToken } })
    await app.call('POST', '/auth/logout', { token: null, body: { refreshToken } })
    expect(await outcome(given)).toEqual([200, undefined])
  })
})

test('the client credentials of a public client are none', async () => {
  const ask = async (fields: Readonly<Record<string, string>>) => {
    const body = new URLSearchParams({ grant_type: 'client_credentials', ...fields })
    const response = await app.request('/oauth/token', { method: 'POST', body })
    return [response.status, ((await response.json()) as { error: string }).error]
  }
  expect(await ask({ client_id: NATIVE })).toEqual([400, 'unauthorized_client'])
  expect(await ask({ client_id: STOREFRONT })).toEqual([401, 'invalid_client'])
  // The token with which its pages register and log in, as before (docs/security.md).
  expect((await ask({ client_id: STOREFRONT, client_secret: 'secret' }))[0]).toBe(200)
  expect(CALLBACK).toBe('https://shop.example/callback')
})
