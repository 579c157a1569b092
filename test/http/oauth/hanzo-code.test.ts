import { describe, expect, test, vi } from 'vitest'
import { CALLBACK } from '../../support/app.ts'
import { challengeOf, exchange, isLetIn, makeVerifier } from '../../support/code.ts'
import { PASSWORD, startHanzoApp } from '../../support/hanzo.ts'
import type { HanzoUser } from '../../support/hanzo-users.ts'
import { expectNone } from '../../support/log-line.ts'
import { browserAt, elementsOf, requestOf, type Seen } from '../../support/login-page.ts'
import { query } from '../../support/rows.ts'
import { someAddress } from '../../support/shopper.ts'

const lines: string[] = []
for (const level of ['log', 'warn', 'error'] as const) {
  vi.spyOn(console, level).mockImplementation((line) => void lines.push(String(line)))
}
const ISSUER = 'http://customer.test'
const CODE = { code: expect.stringMatching(/^ac_[\w-]{43}$/), state: 'a state', iss: ISSUER }

type Change = Parameters<typeof requestOf>[1]

/** A shop whose shoppers log in at Hanzo ID alone, by its own page. */
async function startShop(api: 'iam' | 'casdoor') {
  const shop = await startHanzoApp({ api, settings: { hanzo_password_grant: false } })
  const { app, hanzo, inbox } = shop
  const client = `${app.tenant}-storefront`
  const someone = (email = someAddress()) =>
    hanzo.addUser({
      ...{ owner: app.tenant, name: `user-${hanzo.users.length}`, password: PASSWORD },
      ...{ email: email.toLowerCase(), emailVerified: true },
    })

  /** In development this machine alone has pages. */
  const newBrowser = () => browserAt(app, { Origin: 'http://localhost' })

  /** A browser that a client has sent here, and that was sent on. */
  async function sent(change: Change = {}) {
    const browser = newBrowser()
    const opened = await browser.open(requestOf(app, change))
    return { browser, opened, location: opened.headers.get('Location') ?? '' }
  }

  /** The same, back from Hanzo ID. */
  async function back(user: HanzoUser, change: Change = {}) {
    const { browser, location } = await sent(change)
    const brought = hanzo.visit(location, user)
    if ('status' in brought) throw new Error(`Hanzo ID answered ${brought.status}`)
    const url = `${brought.url}?${brought.parameters}`
    return { browser, url, arrived: await browser.follow(url) }
  }

  async function prove(browser: ReturnType<typeof browserAt>, screen: Seen, email: string) {
    await inbox.all()
    const asked = await browser.send(screen, { way: 'prove', email })
    if (asked.problem !== '') throw new Error(`${asked.status} ${asked.problem}`)
    const { code } = await inbox.next(email)
    return browser.send(asked, { way: 'connect', code })
  }

  /** A session by the code grant, of somebody who links an identity first if it is new. */
  async function session(user: HanzoUser) {
    const verifier = makeVerifier()
    const { browser, arrived } = await back(user, { code_challenge: challengeOf(verifier) })
    const done = arrived.status === 200 ? await prove(browser, arrived, user.email) : arrived
    await inbox.all()
    const given = { code: done.answer.code ?? '', verifier, redirectUri: CALLBACK, client }
    return { given, ...(await exchange(app, given)) }
  }
  const idOf = async (token: string) =>
    (await app.call('GET', '/auth/me', { token })).body.id as string
  return { ...shop, app, client, newBrowser, someone, sent, back, prove, session, idOf }
}

describe.each(['iam', 'casdoor'] as const)('a client of a shop at Hanzo ID (%s)', async (api) => {
  const shop = await startShop(api)
  const { app, hanzo, client, newBrowser, someone, sent, back, prove, session, idOf } = shop

  test('sends the browser here, which is sent on at once, with what the client wishes', async () => {
    const { opened, location } = await sent({
      login_hint: 'jane@example.com',
      ui_locales: 'de en',
      prompt: 'login',
    })
    const { origin, searchParams } = new URL(location)
    expect([opened.status, opened.html, origin]).toEqual([303, '', hanzo.url])
    expect(Object.fromEntries(searchParams)).toMatchObject({
      ...{ login_hint: 'jane@example.com', ui_locales: 'de en', prompt: 'login' },
      ...{ redirect_uri: `${ISSUER}/oauth/callback`, code_challenge_method: 'S256' },
    })
    // The client's own state and challenge stay here.
    expect(searchParams.get('state')).not.toContain('a state')
    expect(opened.cookie).not.toBeNull()
  })

  test('is judged before, as in every shop', async () => {
    const foreign = await sent({ redirect_uri: 'https://evil.example' })
    expect([foreign.opened.status, foreign.location]).toEqual([400, ''])
    const { opened } = await sent({ scope: 'customer:read' })
    expect([opened.to, opened.answer.error]).toEqual([CALLBACK, 'invalid_scope'])
  })

  test("gets a code for an identity that is known, and Hanzo ID's token for the code", async () => {
    const user = someone()
    await session(user)
    const verifier = makeVerifier()
    const { arrived } = await back(user, { code_challenge: challengeOf(verifier) })
    expect([arrived.status, arrived.to, arrived.answer]).toEqual([303, CALLBACK, CODE])
    const given = { code: arrived.answer.code ?? '', verifier, redirectUri: CALLBACK, client }
    const { status, body } = await exchange(app, given)
    expect([status, body.scope, body.token_type]).toEqual([200, 'account', 'Bearer'])
    const [, payload = ''] = body.access_token.split('.')
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
      ...{ iss: hanzo.url, sub: user.id },
    })
    expect(body.refresh_token).toMatch(/^rt_/)
    expect(await isLetIn(app, body.access_token)).toBe(true)
  })

  test('gets no code for a new identity before an address is proven; then the account has it', async () => {
    const user = someone()
    const made = await app.call('POST', '/customer', { body: { email: user.email } })
    const { browser, arrived } = await back(user)
    expect([arrived.status, arrived.email]).toEqual([200, user.email])
    expect(arrived.html).toContain('Prove your e-mail address to connect Hanzo ID')
    expect((await prove(browser, arrived, user.email)).answer).toEqual(CODE)
    const { body } = await session(user)
    expect(await idOf(body.access_token)).toBe(made.body.id)
    const [row] = await query<{ hash: string }>(
      'select password_hash as hash from customer where tenant = $1 and id = $2',
      [app.tenant, made.body.id],
    )
    expect(row?.hash).toMatch(/^\$hanzo\$/)
  })

  test('gets a new account for a new address, in the session as well', async () => {
    const user = someone()
    const { status, body } = await session(user)
    expect(status).toBe(200)
    const { body: me } = await app.call('GET', '/auth/me', { token: body.access_token })
    expect(me).toMatchObject({ status: 'active', emailVerified: true })
  })

  test('refreshes with Hanzo ID, by tokens that rotate, and a spent one ends the session', async () => {
    const { body } = await session(someone())
    const refresh = async (refresh_token: string) => {
      const form = { grant_type: 'refresh_token', refresh_token, client_id: client }
      const answer = await app.request('/oauth/token', {
        method: 'POST',
        body: new URLSearchParams(form),
      })
      // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
      const body: any = await answer.json()
      return { status: answer.status, body }
    }
    app.advance(1_000)
    const second = await refresh(body.refresh_token)
    expect([second.status, second.body.refresh_token === body.refresh_token]).toEqual([200, false])
    expect(second.body.access_token).not.toBe(body.access_token)
    expect(await isLetIn(app, second.body.access_token)).toBe(true)
    const third = await refresh(second.body.refresh_token)
    expect(third.status).toBe(200)
    app.advance(60_000)
    expect((await refresh(body.refresh_token)).status).toBe(400)
    expect(await isLetIn(app, third.body.access_token)).toBe(false)
  })

  test('uses a code once: the second use ends what the first one gave', async () => {
    const { given, body } = await session(someone())
    expect(await isLetIn(app, body.access_token)).toBe(true)
    expect((await exchange(app, given)).said).toBe('invalid_grant')
    expect(await isLetIn(app, body.access_token)).toBe(false)
  })

  test('uses a code with its verifier, in time, as itself alone', async () => {
    const user = someone()
    await session(user)
    const verifier = makeVerifier()
    const { arrived } = await back(user, { code_challenge: challengeOf(verifier) })
    const given = { code: arrived.answer.code ?? '', verifier, redirectUri: CALLBACK, client }
    expect((await exchange(app, { ...given, verifier: makeVerifier() })).said).toBe('invalid_grant')
    expect((await exchange(app, { ...given, code: `${given.code}x` })).said).toBe('invalid_grant')
    expect(
      await query('select from session_token where tenant = $1 and hash = $2', [
        app.tenant,
        given.code,
      ]),
    ).toEqual([])
    app.advance(61_000)
    expect((await exchange(app, given)).said).toBe('invalid_grant')
  })

  test('lets nobody into an account that is disabled, and asks for a proof again after a merge', async () => {
    const [user, other] = [someone(), someone()]
    const id = await idOf((await session(user)).body.access_token)
    const into = await idOf((await session(other)).body.access_token)
    const merged = await app.call('POST', `/customer/${into}/merge`, { body: { from: id } })
    const { arrived } = await back(user)
    expect([merged.status, arrived.status, arrived.html.includes('to connect')]).toEqual([
      201,
      200,
      true,
    ])
    await app.call('POST', `/customer/${into}/disable`)
    const refused = (await back(other)).arrived
    expect([refused.status, refused.problem]).toEqual([
      403,
      'This account is disabled. The shop can tell you more.',
    ])
    expect(elementsOf(refused.html, 'button').map(({ value }) => value)).toEqual([
      'hanzo',
      'cancel',
    ])
  })

  test('sees no answer of another browser, and no answer twice', async () => {
    const user = someone()
    await session(user)
    const { browser, url, arrived } = await back(user)
    expect(arrived.answer).toEqual(CODE)
    const again = await browser.follow(url)
    expect([again.status, again.problem]).toEqual([
      400,
      'That took too long, or was used before. Log in once more.',
    ])
    const victim = newBrowser()
    await victim.open(requestOf(app, { prompt: 'login' }))
    const { location } = await sent()
    const brought = hanzo.visit(location, user)
    if ('status' in brought) throw new Error('refused')
    const lost = await victim.follow(`${brought.url}?${brought.parameters}`)
    expect([lost.status, lost.html.includes('This page is over')]).toEqual([400, true])
  })

  test('has its shoppers try again while Hanzo ID is away', async () => {
    const user = someone()
    await session(user)
    const { browser, location } = await sent()
    const brought = hanzo.visit(location, user)
    if ('status' in brought) throw new Error('refused')
    hanzo.state.fault = { path: 'oauth', how: 'fail' }
    const arrived = await browser.follow(`${brought.url}?${brought.parameters}`)
    hanzo.state.fault = null
    expect([arrived.status, arrived.problem, arrived.headers.get('Location')]).toEqual([
      503,
      'The login there does not work at the moment. Try again soon.',
      null,
    ])
    const again = await browser.send(arrived, { way: null, provider: 'hanzo' })
    expect([again.status, new URL(again.headers.get('Location') ?? '').origin]).toEqual([
      303,
      hanzo.url,
    ])
    const cancelled = await browser.send(arrived, { way: 'cancel' })
    expect(cancelled.answer).toMatchObject({
      error: 'access_denied',
      state: 'a state',
      iss: ISSUER,
    })
  })

  test('has no login by a password on the page', async () => {
    const { browser, arrived } = await back(someone())
    const { status } = await browser.send(arrived, {
      email: 'jane@example.com',
      password: PASSWORD,
    })
    expect(status).toBe(403)
  })

  test('that wants no screen gets a code without one, or an error in the words of the standard', async () => {
    const user = someone()
    const unknown = await back(user, { prompt: 'none' })
    expect([unknown.arrived.to, unknown.arrived.answer]).toEqual([
      CALLBACK,
      {
        ...{ error: 'login_required', error_description: expect.any(String) },
        ...{ state: 'a state', iss: ISSUER },
      },
    ])
    await session(user)
    const known = await back(user, { prompt: 'none' })
    // One generation keeps to the prompt, and the stand-in knows nobody yet; the other one ignores it.
    if (api === 'iam') expect(known.arrived.answer.error).toBe('login_required')
    else expect(known.arrived.answer).toEqual(CODE)
  })

  test('the screen is less than 15 KB, and holds the tokens where nobody reads them', async () => {
    const user = someone()
    const { arrived } = await back(user, { state: '\\'.repeat(1024) })
    expect(arrived.html).not.toContain('eyJhbGci')
    expect(Buffer.byteLength(arrived.html)).toBeLessThanOrEqual(15 * 1024)
  })
})

test('while discovery is away from the beginning, a page says so', async () => {
  const shop = await startShop('iam')
  shop.hanzo.state.fault = { path: 'openid-configuration', how: 'fail' }
  const { opened } = await shop.sent()
  expect([opened.status, opened.page === null, opened.problem]).toEqual([
    503,
    false,
    'The login does not work at the moment. Try again soon.',
  ])
  const silent = await shop.sent({ prompt: 'none' })
  expect(silent.opened.to).toBe(CALLBACK)
  expect(silent.opened.answer).toMatchObject({
    error: 'temporarily_unavailable',
    state: 'a state',
    iss: ISSUER,
  })
})

test('what was logged holds no password, secret, token, code or address', () => {
  expectNone(lines, [PASSWORD, 'hanzo-secret', '@example', '@Example'])
})
