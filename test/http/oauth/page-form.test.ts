import { describe, expect, test, vi } from 'vitest'
import type { Client } from '#core/identity'
import { makeRuntime } from '../../../src/make-runtime.ts'
import { CALLBACK, startTestApp } from '../../support/app.ts'
import { between } from '../../support/between.ts'
import { challengeOf, exchange, isLetIn, makeVerifier } from '../../support/code.ts'
import { browserAt, requestOf } from '../../support/login-page.ts'
import { openMails } from '../../support/mail.ts'
import { query } from '../../support/rows.ts'
import { logIn, makeShopper, PASSWORD, someAddress } from '../../support/shopper.ts'

vi.spyOn(console, 'warn').mockImplementation(() => undefined)
const app = await startTestApp()
const ISSUER = 'http://customer.test'

const codes = async () =>
  (await query('select from authorization_code where tenant = $1', [app.tenant])).length

describe('the right password', () => {
  test('leads back to the client with a code, the state and the issuer', async () => {
    const { email } = await makeShopper(app)
    const verifier = makeVerifier()
    const browser = browserAt(app)
    const state = `a+b c&d=e"<>'~`
    const request = requestOf(app, { state, code_challenge: challengeOf(verifier) })
    const page = await browser.open(request)
    app.wire.reset()
    const done = await browser.send(page, { email, password: PASSWORD })
    expect(app.wire.count().trips).toBe(2)
    expect([done.status, done.to, done.html]).toEqual([303, CALLBACK, ''])
    expect(done.answer).toEqual({
      code: expect.stringMatching(/^ac_[\w-]{43}$/),
      state,
      iss: ISSUER,
    })
    const { code = '' } = done.answer
    const client = `${app.tenant}-storefront`
    const given = { code, verifier, redirectUri: CALLBACK, client }
    const { body } = await exchange(app, given)
    expect(await isLetIn(app, body.access_token)).toBe(true)
  })

  test('leads back without a state, if there was none', async () => {
    const { email } = await makeShopper(app)
    const browser = browserAt(app)
    const page = await browser.open(requestOf(app, { state: null }))
    const { answer } = await browser.send(page, { email, password: PASSWORD })
    expect(Object.keys(answer)).toEqual(['code', 'iss'])
  })

  test('may come after a wrong one, on the page that said so', async () => {
    const { email } = await makeShopper(app)
    const browser = browserAt(app)
    const first = await browser.open()
    const wrong = await browser.send(first, { email, password: 'wrong' })
    const done = await browser.send(wrong, { email: wrong.email, password: PASSWORD })
    expect([wrong.status, done.status]).toEqual([401, 303])
  })

  test('makes a code each time, and no session before a client asks for it', async () => {
    const { id, email } = await makeShopper(app)
    const browser = browserAt(app)
    const page = await browser.open()
    const all = await Promise.all(
      [1, 2].map(() => browser.send(page, { email, password: PASSWORD })),
    )
    expect(new Set(all.map(({ answer }) => answer.code)).size).toBe(2)
    const sessions = await query('select from session where tenant = $1 and customer_id = $2', [
      app.tenant,
      id,
    ])
    expect(sessions).toEqual([])
  })

  test('is nothing, if it was changed while it was checked', async () => {
    const shopper = await makeShopper(app)
    const { accessToken: token } = await logIn(app, shopper)
    const browser = browserAt(app)
    const page = await browser.open()
    const body = { currentPassword: PASSWORD, password: 'another quiet river 43' }
    const before = await codes()
    const done = await between(
      app.wire,
      /store_authorization_code_/,
      () => browser.send(page, { email: shopper.email, password: PASSWORD }),
      () => app.call('POST', '/auth/password/change', { token, body }),
    )
    expect([done.status, await codes()]).toEqual([401, before])
  })
})

describe('what is refused is said on the page', () => {
  test.each<[string, () => Promise<object>, number, string]>([
    [
      'a wrong password',
      async () => ({ email: (await makeShopper(app)).email, password: 'wrong' }),
      401,
      'The e-mail address or the password is wrong.',
    ],
    [
      'an address that nobody has',
      async () => ({ email: someAddress(), password: PASSWORD }),
      401,
      'The e-mail address or the password is wrong.',
    ],
    [
      'an account that is disabled',
      async () => {
        const { id, email } = await makeShopper(app)
        await app.call('POST', `/customer/${id}/disable`)
        return { email, password: PASSWORD }
      },
      403,
      'This account is disabled. The shop can tell you more.',
    ],
    [
      'an address that was not proven',
      async () => {
        const email = someAddress()
        await app.call('POST', '/customer', { body: { email, password: PASSWORD } })
        return { email, password: PASSWORD }
      },
      403,
      'Your e-mail address is not confirmed yet. Open the link in the mail that we sent you, and log in again.',
    ],
    [
      'an address that is none',
      async () => ({ email: 'jane', password: PASSWORD }),
      422,
      'Enter your whole e-mail address, and your password unless you ask for a code.',
    ],
    [
      'no password',
      async () => ({ email: someAddress() }),
      422,
      'Enter your whole e-mail address, and your password unless you ask for a code.',
    ],
    [
      'nothing',
      async () => ({}),
      422,
      'Enter your whole e-mail address, and your password unless you ask for a code.',
    ],
    [
      'a password that is too long',
      async () => ({ email: someAddress(), password: 'x'.repeat(300) }),
      422,
      'Enter your whole e-mail address, and your password unless you ask for a code.',
    ],
  ])('%s', async (_, make, status, problem) => {
    const fields = (await make()) as Record<string, string>
    const browser = browserAt(app)
    const before = await codes()
    const refused = await browser.send(await browser.open(), fields)
    expect([refused.status, refused.problem, refused.email]).toEqual([
      status,
      problem,
      fields.email ?? '',
    ])
    expect([await codes(), refused.headers.get('Location')]).toEqual([before, null])
  })

  test('too many wrong passwords, with the time to wait, and the right one too', async () => {
    const { email } = await makeShopper(app)
    const browser = browserAt(app)
    const page = await browser.open()
    const place = { 'CF-Connecting-IP': '203.0.113.90' }
    const statuses = []
    for (let n = 0; n < 6; n++) {
      statuses.push((await browser.send(page, { email, password: 'wrong' }, place)).status)
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429])
    const right = await browser.send(page, { email, password: PASSWORD }, place)
    expect([right.status, right.problem]).toEqual([
      429,
      'Too many failed attempts. Wait a little, or set a new password.',
    ])
    expect(Number(right.headers.get('Retry-After'))).toBeGreaterThan(0)
  })

  test('a database that is away', async () => {
    const browser = browserAt(app)
    const page = await browser.open()
    app.wire.faults.add({ at: 'before', do: 'cut' })
    const refused = await browser.send(page, { email: someAddress(), password: PASSWORD })
    expect([refused.status, refused.problem, refused.headers.get('Retry-After')]).toEqual([
      503,
      'The login does not work at the moment. Try again soon.',
      '1',
    ])
  })
})

test('who cancels goes back to the client, and nothing was tried', async () => {
  const browser = browserAt(app)
  const page = await browser.open()
  app.wire.reset()
  const done = await browser.send(page, { way: 'cancel', email: 'jane', password: null })
  expect([done.status, done.to, app.wire.count().trips]).toEqual([303, CALLBACK, 0])
  expect(done.answer).toEqual({
    error: 'access_denied',
    error_description: expect.any(String),
    state: 'a state',
    iss: ISSUER,
  })
})

describe('a form is taken from no page but the one that is open in this browser', () => {
  const good = async () => ({ email: (await makeShopper(app)).email, password: PASSWORD })
  const foreign: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'another site': { Origin: 'https://evil.example' },
    'the shop itself': { Origin: 'https://shop.example' },
    'a page without an origin': { Origin: 'null' },
    'the same host without TLS, or with it': { Origin: 'https://customer.test' },
    'another port': { Origin: 'http://customer.test:8080' },
    'a site that a browser calls another': { 'Sec-Fetch-Site': 'cross-site' },
    'a sister of this site': { 'Sec-Fetch-Site': 'same-site' },
  }

  test.each(Object.entries(foreign))('it is not from %s', async (_, headers) => {
    const browser = browserAt(app)
    const page = await browser.open()
    const before = await codes()
    app.wire.reset()
    const refused = await browser.send(page, await good(), headers)
    expect([refused.status, refused.page, refused.headers.get('Location')]).toEqual([
      403,
      null,
      null,
    ])
    const cancelled = await browser.send(page, { way: 'cancel' }, headers)
    expect([cancelled.status, await codes()]).toEqual([403, before])
  })

  test.each<[string, Readonly<Record<string, string>>]>([
    ['this site', { Origin: 'http://customer.test', 'Sec-Fetch-Site': 'same-origin' }],
    ['where it was asked for', { Origin: 'http://localhost' }],
    ['a form that was sent once more', { 'Sec-Fetch-Site': 'none' }],
  ])('it is from %s', async (_, headers) => {
    const browser = browserAt(app)
    expect((await browser.send(await browser.open(), await good(), headers)).status).toBe(303)
  })

  const lost = async (
    send: ReturnType<typeof browserAt>['send'],
    page: Parameters<typeof send>[0],
  ) => {
    const { status, html, headers } = await send(page, await good())
    expect([status, headers.get('Location')]).toEqual([400, null])
    expect(html).toContain('This page is over')
  }

  test("a page of somebody else's browser is none: nobody logs a victim into an account of their own", async () => {
    const [victim, attacker] = [browserAt(app), browserAt(app)]
    await victim.open()
    const page = await attacker.open()
    await lost(victim.send, page)
    // Nor does a browser that has no cookie at all.
    await lost(browserAt(app).send, page)
  })

  test.each(['', 'x', 'login=x', 'login=', `login=${'A'.repeat(43)}`])(
    'with the cookie %j it is of another browser',
    async (Cookie) => {
      const page = await browserAt(app).open()
      const { status } = await browserAt(app).send(page, await good(), { Cookie })
      expect(status).toBe(400)
    },
  )

  test('a page that was altered, made up, left out or that is of another use is none', async () => {
    const browser = browserAt(app)
    const opened = await browser.open()
    const { keyring } = app.runtime
    const other = keyring.seal('refresh-token', '{}', 'page')
    const elsewhere = keyring.seal('login-page', '{}', 'page')
    const text = opened.page ?? ''
    for (const page of [
      `${text}A`,
      text.slice(1),
      text.slice(0, -1),
      'x',
      other,
      elsewhere,
      null,
      '',
    ]) {
      const { status } = await browser.send({ ...opened, page }, await good())
      expect(status).toBe(400)
    }
  })

  test('a page of another deployment is none', async () => {
    const masterSecret = Buffer.alloc(32, 'another master secret').toString('base64')
    const { config } = app.runtime
    const world = { sendBatch: async () => undefined, carryMail: async () => undefined }
    const other = makeRuntime(
      { ...config, masterSecret },
      { ...world, mayGoOn: async () => true, lists: async () => ({}), now: app.runtime.now },
    )
    const browser = browserAt(app)
    const opened = await browser.open()
    const page = other.keyring.seal('login-page', '{}', 'page')
    expect((await browser.send({ ...opened, page }, await good())).status).toBe(400)
  })
})

test('two tabs of a browser have a request of their own each', async () => {
  const { email } = await makeShopper(app)
  const browser = browserAt(app)
  const [one, other] = [
    await browser.open(requestOf(app, { state: 'one' })),
    await browser.open(requestOf(app, { state: 'other' })),
  ]
  expect([one.cookie === null, other.cookie]).toEqual([false, null])
  for (const [page, state] of [
    [other, 'other'],
    [one, 'one'],
  ] as const) {
    const { answer } = await browser.send(page, { email, password: PASSWORD })
    expect(answer.state).toBe(state)
  }
})

test('a page that was open for half an hour is shown once more, and goes on from there', async () => {
  const { email } = await makeShopper(app)
  const browser = browserAt(app)
  const page = await browser.open()
  app.advance(31 * 60_000)
  app.wire.reset()
  const late = await browser.send(page, { email, password: PASSWORD })
  expect([late.status, late.problem, late.email, app.wire.count().trips]).toEqual([
    400,
    'This page was open for a long time. Log in now.',
    email,
    0,
  ])
  const done = await browser.send(late, { email, password: PASSWORD })
  expect([done.status, done.answer.state]).toEqual([303, 'a state'])
})

describe('what the configuration does not allow any more', () => {
  const clients = app.runtime.config.clients as Map<string, Client>
  const without = async (change: (id: string) => unknown) => {
    const id = `${app.tenant}-storefront`
    const was = clients.get(id)
    const browser = browserAt(app)
    const page = await browser.open()
    change(id)
    const { status, headers } = await browser.send(page, { email: 'x@example.com', password: 'x' })
    if (was !== undefined) clients.set(id, was)
    expect([status, headers.get('Location')]).toEqual([400, null])
  }

  test('is refused on a page that is open: a client that is gone', () =>
    without((id) => clients.delete(id)))

  test('is refused on a page that is open: a place that is gone', () =>
    without((id) => {
      const client = clients.get(id)
      if (client) clients.set(id, { ...client, redirectUris: ['https://shop.example/other'] })
    }))

  test('is refused on a page that is open: a client that went to another shop', () =>
    without((id) => {
      const client = clients.get(id)
      if (client) clients.set(id, { ...client, ...{ tenant: app.otherTenant } })
    }))
})

describe('in a shop that asks for no proof', () => {
  test('the first login makes the account, as elsewhere', async () => {
    const shop = await startTestApp({ settings: { require_email_verification: false } })
    const email = someAddress()
    await shop.call('POST', '/customer', {
      token: await shop.storefrontToken(),
      body: { email, password: PASSWORD, firstName: 'Jane' },
    })
    await openMails(shop).all()
    const verifier = makeVerifier()
    const browser = browserAt(shop)
    const page = await browser.open(requestOf(shop, { code_challenge: challengeOf(verifier) }))
    const { status, answer } = await browser.send(page, { email, password: PASSWORD })
    expect(status).toBe(303)
    const client = `${shop.tenant}-storefront`
    const given = { code: answer.code ?? '', verifier, redirectUri: CALLBACK, client }
    const { body } = await exchange(shop, given)
    const { body: me } = await shop.call('GET', '/auth/me', { token: body.access_token })
    expect(me).toMatchObject({ email, firstName: 'Jane', status: 'unverified' })
  })
})

describe('the cookie', () => {
  const set = async (publicUrl: string) => {
    const { config } = app.runtime
    Object.assign(config, { publicUrl })
    const { headers } = await browserAt(app).open()
    Object.assign(config, { publicUrl: ISSUER })
    return headers.get('Set-Cookie')
  }

  test('is of this host alone, for no script, for no other site, and for this visit', async () => {
    expect(await set('https://customer.example')).toMatch(
      /^__Host-login=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    )
    expect(await set(ISSUER)).toMatch(/^login=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
  })

  test('is set by no page that has no form, and by no redirect', async () => {
    const browser = browserAt(app)
    for (const request of ['client_id=x', requestOf(app, { prompt: 'none' })]) {
      expect((await browser.open(request)).cookie).toBeNull()
    }
  })
})
