import { describe, expect, test, vi } from 'vitest'
import type { RelyingParty } from '#core/identity'
import { CALLBACK } from '../../support/app.ts'
import { between } from '../../support/between.ts'
import { challengeOf, exchange, isLetIn, makeVerifier } from '../../support/code.ts'
import { expectNone } from '../../support/log-line.ts'
import { browserAt, elementsOf, requestOf, type Seen } from '../../support/login-page.ts'
import { query } from '../../support/rows.ts'
import { makeShopper, PASSWORD, someAddress } from '../../support/shopper.ts'
import { startSocialApp } from '../../support/upstream.ts'

const lines: string[] = []
for (const level of ['log', 'warn', 'error'] as const) {
  vi.spyOn(console, level).mockImplementation((line) => void lines.push(String(line)))
}

const ISSUER = 'http://customer.test'
const CODE = { code: expect.stringMatching(/^ac_[\w-]{43}$/), state: 'a state', iss: ISSUER }
const shop = await startSocialApp()
const { app, server, page: core } = shop
const { mails } = core
const client = `${app.tenant}-storefront`

let people = 0
/** Somebody whom the provider knows, and nobody here. */
function someone(email: string = someAddress()): string {
  server.state.person = { sub: `visitor-${++people}`, email, email_verified: true }
  return email
}

/** A browser that has opened the page, and has been sent to the provider. */
async function atProvider(change: Parameters<typeof requestOf>[1] = {}) {
  const browser = browserAt(app)
  const page = await browser.open(requestOf(app, change))
  const sent = await browser.send(page, { way: null, provider: 'social' })
  return { browser, page, sent, location: sent.headers.get('Location') ?? '' }
}

/** The same, back from there. */
async function back(change: Parameters<typeof requestOf>[1] = {}) {
  const { browser, location, page } = await atProvider(change)
  const { url, parameters } = server.visit(location)
  const arrived = await browser.follow(`${url}?${parameters}`)
  return { browser, page, arrived, url, parameters }
}

/** Proves an address on the screen that asks for it, by the code of the mail. */
async function prove(browser: ReturnType<typeof browserAt>, screen: Seen, email: string) {
  await mails.all()
  const asked = await browser.send(screen, { way: 'prove', email })
  const { code, subject } = await mails.next(email)
  return { asked, code, subject, done: await browser.send(asked, { way: 'connect', code }) }
}

/** An account that somebody new has linked. */
async function linked() {
  const { id, email } = await makeShopper(app)
  someone(email)
  const { browser, arrived } = await back()
  const { done } = await prove(browser, arrived, email)
  expect(done.status).toBe(303)
  await mails.all()
  return { id, email }
}

const codes = async () =>
  (await query('select from authorization_code where tenant = $1', [app.tenant])).length
const linksOf = (id: string) =>
  query('select from linked_identity where tenant = $1 and customer_id = $2', [app.tenant, id])
const meOf = async (code: string | undefined, verifier: string) => {
  const given = { code: code ?? '', verifier, redirectUri: CALLBACK, client }
  const { body } = await exchange(app, given)
  return (await app.call('GET', '/auth/me', { token: body.access_token })).body
}

describe('the page', () => {
  test('has a button for each provider, behind the one of the Enter key', async () => {
    const { html, headers } = await browserAt(app).open()
    const buttons = elementsOf(html, 'button').map(({ name, value }) => `${name}=${value}`)
    expect(buttons).toEqual(['way=password', 'way=code', 'provider=social', 'way=cancel'])
    expect(html).toContain('Continue with Social')
    expect(headers.get('Content-Security-Policy')).toContain(
      "form-action 'self' https://shop.example https://id.example;",
    )
    const german = await browserAt(app, { 'Accept-Language': 'de' }).open()
    expect(german.html).toContain('Weiter mit Social')
  })

  test('sends to the provider without a database, and tells it nothing of the shopper', async () => {
    const browser = browserAt(app)
    const page = await browser.open(requestOf(app, { login_hint: 'jane@example.com' }))
    app.wire.reset()
    const sent = await browser.send(page, { way: null, provider: 'social', email: page.email })
    const location = sent.headers.get('Location') ?? ''
    expect([sent.status, sent.to, app.wire.count().trips]).toEqual([
      303,
      'https://id.example/authorize',
      0,
    ])
    expect(location).not.toContain('jane')
  })

  test('knows no other provider', async () => {
    const browser = browserAt(app)
    const page = await browser.open()
    for (const provider of ['other', 'hanzo', '__proto__', '', null]) {
      const { status, headers } = await browser.send(page, { way: null, provider })
      expect([status, headers.get('Location')]).toEqual([400, null])
    }
  })

  test('says so while the provider is away, and passwords work', async () => {
    const away = await startSocialApp()
    away.server.state.fault = { path: 'openid-configuration', how: 'cut' }
    const browser = browserAt(away.app)
    const page = await browser.open()
    const sent = await browser.send(page, { way: null, provider: 'social' })
    expect([page.status, sent.status, sent.problem]).toEqual([
      200,
      503,
      'The login does not work at the moment. Try again soon.',
    ])
    const { email } = await makeShopper(away.app)
    const done = await browser.send(sent, { email, password: PASSWORD })
    expect(done.status).toBe(303)
  })
})

describe('a linked identity', () => {
  test('gives the client its code, in two round trips', async () => {
    const { email } = await linked()
    const verifier = makeVerifier()
    const { browser, location } = await atProvider({ code_challenge: challengeOf(verifier) })
    const { url, parameters } = server.visit(location)
    app.wire.reset()
    const { status, to, answer, html } = await browser.follow(`${url}?${parameters}`)
    expect([status, to, html, app.wire.count().trips]).toEqual([303, CALLBACK, '', 2])
    expect(answer).toEqual(CODE)
    expect(await meOf(answer.code, verifier)).toMatchObject({ email, emailVerified: true })
  })

  test.each([
    ['disabled', 'This account is disabled. The shop can tell you more.', 403],
    ['merged', '', 200],
  ])('of an account that is %s lets nobody in', async (how, problem, status) => {
    const { id } = await linked()
    const into = await makeShopper(app)
    if (how === 'disabled') await app.call('POST', `/customer/${id}/disable`)
    else await app.call('POST', `/customer/${into.id}/merge`, { body: { from: id } })
    const before = await codes()
    const { arrived } = await back()
    expect([arrived.status, arrived.problem, await codes()]).toEqual([status, problem, before])
    expect(arrived.html.includes('to connect Social')).toBe(how === 'merged')
  })

  test('that is unlinked between the look-up and the commit gives no code', async () => {
    const { id } = await linked()
    const { browser, location } = await atProvider()
    const { url, parameters } = server.visit(location)
    const arrived = await between(
      app.wire,
      /lock_customer_and_use_identity_/,
      () => browser.follow(`${url}?${parameters}`),
      () =>
        query('delete from linked_identity where tenant = $1 and customer_id = $2', [
          app.tenant,
          id,
        ]),
    )
    expect([arrived.status, arrived.answer.code]).toEqual([401, undefined])
  })

  test('makes a code that is good once', async () => {
    await linked()
    const verifier = makeVerifier()
    const { arrived } = await back({ code_challenge: challengeOf(verifier) })
    const given = { code: arrived.answer.code ?? '', verifier, redirectUri: CALLBACK, client }
    const first = await exchange(app, given)
    expect((await exchange(app, given)).said).toBe('invalid_grant')
    expect(await isLetIn(app, first.body.access_token)).toBe(false)
  })
})

describe('an identity that nobody has', () => {
  test('is linked to an account by our own code alone, though the provider vouches for the address', async () => {
    const { id, email } = await makeShopper(app)
    someone(email)
    const verifier = makeVerifier()
    const { browser, arrived } = await back({ code_challenge: challengeOf(verifier) })
    expect([arrived.status, arrived.email, await linksOf(id)]).toEqual([200, email, []])
    expect(arrived.html).toContain('<h1>Prove your e-mail address to connect Social</h1>')
    const { asked, subject, done } = await prove(browser, arrived, email)
    // The mail says that more than one login is at stake.
    expect(subject).toBe('Your code to link a login with Social at Test Shop')
    expect([asked.status, elementsOf(asked.html, 'input').map(({ name }) => name)]).toEqual([
      200,
      ['code', 'page'],
    ])
    expect([done.status, done.to, done.answer]).toEqual([303, CALLBACK, CODE])
    expect(await meOf(done.answer.code, verifier)).toMatchObject({ id, email })
    expect((await mails.next(email)).subject).toBe('You can log in at Test Shop with Social')
    expect((await back()).arrived.answer).toEqual(CODE)
  })

  test('makes a new account, in a shop that lets nobody in by a code alone', async () => {
    const email = someone()
    const verifier = makeVerifier()
    const { browser, arrived } = await back({ code_challenge: challengeOf(verifier) })
    const { done } = await prove(browser, arrived, email)
    expect(await meOf(done.answer.code, verifier)).toMatchObject({
      ...{ email, emailVerified: true, status: 'active', firstName: null },
    })
  })

  test('may be linked to another address than the one of the provider, or without one', async () => {
    const { id, email } = await makeShopper(app)
    server.state.person = { sub: `visitor-${++people}` }
    const { browser, arrived } = await back()
    expect(arrived.email).toBe('')
    expect((await prove(browser, arrived, email)).done.status).toBe(303)
    expect(await linksOf(id)).toHaveLength(1)
  })

  test('sees the same for an address that is known and one that is not', async () => {
    const { email } = await makeShopper(app)
    const screens = []
    for (const typed of [email, someAddress()]) {
      someone('other@id.example')
      const { browser, arrived } = await back()
      app.wire.reset()
      const asked = await browser.send(arrived, { way: 'prove', email: typed })
      const { trips } = app.wire.count()
      const text = asked.html.replace(asked.page ?? '', '').replaceAll(typed, '')
      const wrong = await browser.send(asked, { way: 'connect', code: '000000' })
      screens.push([asked.status, trips, text, asked.page?.length, wrong.status, wrong.problem])
    }
    const [known = [], unknown = []] = screens
    expect(known.toSpliced(3, 1)).toEqual(unknown.toSpliced(3, 1))
    // The addresses differ in length, by as much as their numbers.
    expect(Math.abs(Number(known[3]) - Number(unknown[3]))).toBeLessThan(16)
  })

  test('is not linked by a wrong code, and by the right one then', async () => {
    const { id, email } = await makeShopper(app)
    someone(email)
    const { browser, arrived } = await back()
    await mails.all()
    const asked = await browser.send(arrived, { way: 'prove', email })
    const { code } = await mails.next(email)
    const other = String((Number(code) + 1) % 1e6).padStart(6, '0')
    const wrong = await browser.send(asked, { way: 'connect', code: other })
    expect([wrong.status, wrong.problem, await linksOf(id)]).toEqual([
      401,
      expect.stringContaining('This code is wrong or too old.'),
      [],
    ])
    const nothing = await browser.send(wrong, { way: 'connect' })
    expect([nothing.status, nothing.problem]).toEqual([
      422,
      'Enter your whole e-mail address, or the code of the mail.',
    ])
    expect((await browser.send(nothing, { way: 'connect', code })).status).toBe(303)
  })

  test('gets another code on the same page, and both are good', async () => {
    const { email } = await makeShopper(app)
    someone(email)
    const { browser, arrived } = await back()
    await mails.all()
    const asked = await browser.send(arrived, { way: 'prove', email })
    const { code } = await mails.next(email)
    app.advance(61_000)
    const again = await browser.send(asked, { way: 'prove' })
    expect((await mails.next(email)).code).not.toBe(code)
    expect((await browser.send(again, { way: 'connect', code })).status).toBe(303)
  })

  test('needs an address that is one', async () => {
    someone()
    const { browser, arrived } = await back()
    for (const email of ['jane', null]) {
      expect((await browser.send(arrived, { way: 'prove', email })).status).toBe(422)
    }
  })

  test('waits half an hour, however often the page is shown', async () => {
    const email = someone()
    const { browser, arrived } = await back()
    app.advance(20 * 60_000)
    const asked = await browser.send(arrived, { way: 'prove', email })
    app.advance(11 * 60_000)
    const late = await browser.send(asked, { way: 'prove' })
    expect([late.status, late.problem]).toEqual([
      400,
      'This page was open for a long time. Log in now.',
    ])
    expect(late.html).toContain('Continue with Social')
  })

  test('is linked no more when the provider is gone', async () => {
    const email = someone()
    const { browser, arrived } = await back()
    await mails.all()
    const asked = await browser.send(arrived, { way: 'prove', email })
    const { code } = await mails.next(email)
    const providers = app.runtime.identity.providersOf(app.tenant) as Map<string, RelyingParty>
    const all = [...providers]
    providers.clear()
    const refused = await browser.send(asked, { way: 'connect', code })
    for (const [name, party] of all) providers.set(name, party)
    expect([refused.status, refused.headers.get('Location')]).toEqual([400, null])
    expect((await browser.send(asked, { way: 'connect', code })).status).toBe(303)
  })

  test('goes back to the client when the shopper cancels', async () => {
    someone()
    const { browser, arrived } = await back()
    const { answer } = await browser.send(arrived, { way: 'cancel' })
    expect([answer.error, answer.iss]).toEqual(['access_denied', ISSUER])
  })

  test('is proven on no page without one', async () => {
    const browser = browserAt(app)
    const page = await browser.open()
    for (const way of ['prove', 'connect']) {
      const { status } = await browser.send(page, { way, email: someAddress(), code: '123456' })
      expect(status).toBe(400)
    }
  })
})

describe('a login there that brings nobody shows the page again, and never reaches the client', () => {
  const said = (error: string, description = 'secret words') => {
    server.state.error = error
    server.state.tamper = (parameters) => parameters.set('error_description', description)
  }
  const honest = () => {
    Object.assign(server.state, { error: null, tamper: () => undefined, claims: {}, fault: null })
  }

  test.each<[string, () => void, number, string]>([
    ['cancelled', () => said('access_denied'), 400, 'You did not log in there. You can try again.'],
    [
      'refused',
      () => said('invalid_scope'),
      400,
      'The login there was refused. The shop can tell you more.',
    ],
    [
      'away',
      () => said('server_error'),
      503,
      'The login there does not work at the moment. Try again soon.',
    ],
    [
      'away for the exchange',
      () => {
        server.state.fault = { path: '/token', how: 'cut' }
      },
      503,
      'The login there does not work at the moment. Try again soon.',
    ],
    [
      'of another issuer',
      () => {
        server.state.tamper = (parameters) => parameters.set('iss', 'https://evil.example')
      },
      400,
      'The answer to your login could not be trusted, so we stopped. Log in once more.',
    ],
    [
      'of no issuer',
      () => {
        server.state.tamper = (parameters) => parameters.delete('iss')
      },
      400,
      'The answer to your login could not be trusted, so we stopped. Log in once more.',
    ],
    [
      'with another nonce',
      () => {
        server.state.claims = { nonce: 'x' }
      },
      400,
      'The answer to your login could not be trusted, so we stopped. Log in once more.',
    ],
    [
      'with two codes',
      () => {
        server.state.tamper = (parameters) => parameters.append('code', 'x')
      },
      400,
      'The answer to your login could not be trusted, so we stopped. Log in once more.',
    ],
  ])('%s', async (_, misbehave, status, problem) => {
    const { email } = await linked()
    misbehave()
    const { browser, arrived } = await back()
    honest()
    expect([arrived.status, arrived.problem, arrived.headers.get('Location')]).toEqual([
      status,
      problem,
      null,
    ])
    expect(arrived.html).not.toContain('secret words')
    const done = await browser.send(arrived, { email, password: PASSWORD })
    expect([done.status, done.answer.state]).toEqual([303, 'a state'])
  })

  test('in the language of the page', async () => {
    said('access_denied')
    const { arrived } = await back({ ui_locales: 'de' })
    honest()
    expect(arrived.problem).toBe(
      'Sie haben sich dort nicht angemeldet. Sie können es noch einmal versuchen.',
    )
  })

  test('because it took too long', async () => {
    await linked()
    const { browser, location } = await atProvider()
    const { url, parameters } = server.visit(location)
    app.advance(11 * 60_000)
    const arrived = await browser.follow(`${url}?${parameters}`)
    expect([arrived.status, arrived.problem]).toEqual([
      400,
      'That took too long, or was used before. Log in once more.',
    ])
  })

  test('because it was used before', async () => {
    await linked()
    const { browser, url, parameters, arrived } = await back()
    const again = await browser.follow(`${url}?${parameters}`)
    expect([arrived.status, again.status, again.problem]).toEqual([
      303,
      400,
      'That took too long, or was used before. Log in once more.',
    ])
  })
})

describe('an answer is taken from no login but one of this browser', () => {
  const lost = (arrived: Seen) => {
    expect([arrived.status, arrived.page, arrived.headers.get('Location')]).toEqual([
      400,
      null,
      null,
    ])
    expect(arrived.html).toContain('This page is over')
  }

  test('another browser has not begun it: nobody logs a victim into an account of their own', async () => {
    await linked()
    const before = await codes()
    const { location } = await atProvider()
    const { url, parameters } = server.visit(location)
    const victim = browserAt(app)
    await victim.open()
    lost(await victim.follow(`${url}?${parameters}`))
    lost(await browserAt(app).follow(`${url}?${parameters}`))
    // The code of the attacker was not even exchanged.
    const exchanged = server.exchanges().map(({ form }) => form.get('code'))
    expect(exchanged).not.toContain(parameters.get('code'))
    expect(await codes()).toBe(before)
  })

  test('the state belongs to one provider, and to one callback', async () => {
    const { browser, location } = await atProvider()
    const { parameters } = server.visit(location)
    for (const place of ['/other', '/hanzo', '/Social', '']) {
      lost(await browser.follow(`${ISSUER}/oauth/callback${place}?${parameters}`))
    }
  })

  test('the state is one, and made here', async () => {
    const { browser, location, page } = await atProvider()
    const { url, parameters } = server.visit(location)
    lost(await browser.follow(url))
    lost(await browser.follow(`${url}?code=x&state=${page.page}`))
    lost(await browser.follow(`${url}?${parameters}&state=x`))
    lost(await browser.follow(`${url}?${parameters}x`.replace('state=', 'state=A')))
  })
})

describe('an answer by a form', async () => {
  const apple = await startSocialApp({ more: { response_mode: 'form_post' } })
  const post = (url: string, body: URLSearchParams) =>
    apple.app.request(new URL(url).pathname, {
      method: 'POST',
      body,
      headers: { Origin: 'https://id.example', 'Sec-Fetch-Site': 'cross-site' },
    })
  const begin = async () => {
    const browser = browserAt(apple.app)
    const sent = await browser.send(await browser.open(), { way: null, provider: 'social' })
    return { browser, brought: apple.server.visit(sent.headers.get('Location') ?? '') }
  }

  test('leads to the same place by GET, without what else is in it', async () => {
    const { browser, brought } = await begin()
    expect(brought.mode).toBe('form_post')
    brought.parameters.set('user', '{"email":"jane@example.com"}')
    brought.parameters.set('id_token', 'eyJ')
    const answer = await post(brought.url, brought.parameters)
    const location = answer.headers.get('Location') ?? ''
    const { origin, pathname, searchParams } = new URL(location)
    expect([answer.status, origin + pathname, [...searchParams.keys()].sort()]).toEqual([
      303,
      brought.url,
      ['code', 'iss', 'state'],
    ])
    const arrived = await browser.follow(location)
    expect([arrived.status, arrived.html.includes('to connect Social')]).toEqual([200, true])
  })

  test('is a form, and says nothing twice', async () => {
    const { brought } = await begin()
    brought.parameters.append('code', 'x')
    expect((await post(brought.url, brought.parameters)).status).toBe(400)
    const json = await apple.app.call('POST', '/oauth/callback/social', { token: null, body: {} })
    expect(json.status).toBe(415)
  })
})

test('the largest screen is less than 15 KB', async () => {
  someone(`${'"'.repeat(240)}@id.example`)
  const { browser, arrived } = await back({ state: '\\'.repeat(2048) })
  const asked = await browser.send(arrived, { way: 'prove', email: someAddress() })
  for (const { status, html } of [arrived, asked]) {
    expect(status).toBe(200)
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(15 * 1024)
  }
})

test('what was logged and what stands in a URL holds no address, code or token', async () => {
  expectNone(lines, [PASSWORD, '@example', '@Example', '@id.example'])
})
