import { describe, expect, test, vi } from 'vitest'
import { CALLBACK, startTestApp } from '../../support/app.ts'
import { startHanzoApp } from '../../support/hanzo.ts'
import { browserAt, requestOf } from '../../support/login-page.ts'

/** What `GET /oauth/authorize` makes of a request: the page, an error for the client, or an error for the person alone. */
const app = await startTestApp({
  clients: {
    native: {
      public: true,
      redirect_uris: ['http://127.0.0.1/callback', 'http://[::1]:3000/callback?app=1'],
    },
    query: { public: true, redirect_uris: ['https://shop.example/callback?shop=1&q=a%20b'] },
    service: { scopes: ['customer:read'] },
    root: { public: true, redirect_uris: ['https://app.example'] },
  },
})
const { tenant } = app
const ISSUER = 'http://customer.test'
const browser = browserAt(app)
const open = (change: Parameters<typeof requestOf>[1]) => browser.open(requestOf(app, change))

describe('a good request opens the page', () => {
  test.each<[string, Parameters<typeof requestOf>[1]]>([
    ['as it is', {}],
    ['with the scope of shoppers', { scope: 'account' }],
    ['without a state', { state: null }],
    ['with the mode that there is', { response_mode: 'query' }],
    ['that wants a login', { prompt: 'login' }],
    ['that wants the account chosen', { prompt: 'select_account' }],
    ['that wants a consent', { prompt: 'consent' }],
    ['that wants all of that', { prompt: 'login consent  select_account' }],
    ['with parameters that nobody knows', { foo: 'bar', nonce: 'x', display: 'popup' }],
    ['with parameters without a value', { scope: '', prompt: '', response_mode: '' }],
    ['with an endless state', { state: 'x'.repeat(2048) }],
  ])('%s', async (_, change) => {
    const { status, page } = await open(change)
    expect([status, page === null]).toEqual([200, false])
  })

  test('also with the audience named more than once', async () => {
    const request = `${requestOf(app)}&resource=${ISSUER}&resource=https://other.example`
    expect((await browser.open(request)).status).toBe(200)
  })

  test('and the database is not asked', async () => {
    app.wire.reset()
    await open({})
    expect(app.wire.count().trips).toBe(0)
  })
})

describe('the client learns by a redirect of', () => {
  test.each<[string, Parameters<typeof requestOf>[1], string]>([
    ['no response type', { response_type: null }, 'invalid_request'],
    ['a token at once', { response_type: 'token' }, 'unsupported_response_type'],
    ['an identity token', { response_type: 'id_token' }, 'unsupported_response_type'],
    ['a hybrid', { response_type: 'code id_token' }, 'unsupported_response_type'],
    ['another case', { response_type: 'Code' }, 'unsupported_response_type'],
    ['an answer in the fragment', { response_mode: 'fragment' }, 'invalid_request'],
    ['an answer by a form', { response_mode: 'form_post' }, 'invalid_request'],
    ['no challenge', { code_challenge: null }, 'invalid_request'],
    [
      'no challenge at all',
      { code_challenge: null, code_challenge_method: null },
      'invalid_request',
    ],
    ['no method, which would mean plain', { code_challenge_method: null }, 'invalid_request'],
    ['the method plain', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['a method in lower case', { code_challenge_method: 's256' }, 'invalid_request'],
    ['a short challenge', { code_challenge: 'a'.repeat(42) }, 'invalid_request'],
    ['a long challenge', { code_challenge: 'a'.repeat(44) }, 'invalid_request'],
    ['a challenge that is no hash', { code_challenge: `${'a'.repeat(42)}~` }, 'invalid_request'],
    ['a wider scope', { scope: 'account customer:read' }, 'invalid_scope'],
    ["a service's scope", { scope: 'customer:read' }, 'invalid_scope'],
    ['an unknown scope', { scope: 'openid' }, 'invalid_scope'],
    ['a blank scope', { scope: ' ' }, 'invalid_scope'],
    ['an answer without a login', { prompt: 'none' }, 'login_required'],
    ['a login and none', { prompt: 'none login' }, 'invalid_request'],
    ['an unknown prompt', { prompt: 'create' }, 'invalid_request'],
    ['a prompt in capitals', { prompt: 'LOGIN' }, 'invalid_request'],
    ['a state with a line end', { state: 'a\nb' }, 'invalid_request'],
    ['a state that is too long', { state: 'x'.repeat(2049) }, 'invalid_request'],
  ])('%s', async (_, change, error) => {
    const answer = await open(change)
    const state = change?.state ?? 'a state'
    expect([answer.status, answer.to]).toEqual([303, CALLBACK])
    expect(answer.answer).toEqual({
      error,
      error_description: expect.any(String),
      state,
      iss: ISSUER,
    })
    expect(answer.answer.error_description).toMatch(/^[\x20\x21\x23-\x5b\x5d-\x7e]+$/)
    // RFC 7636, 4.4.1.
    if (error === 'invalid_request') {
      expect(answer.answer.error_description).toContain('PKCE with S256')
    }
    expect([answer.cookie, answer.html]).toEqual([null, ''])
  })

  test.each(['scope', 'prompt', 'response_type', 'code_challenge', 'login_hint', 'foo'])(
    'two times %s',
    async (name) => {
      const request = `${requestOf(app, { [name]: 'x' })}&${name}=y`
      const { status, answer } = await browser.open(request)
      expect([status, answer.error !== undefined, answer.state]).toEqual([303, true, 'a state'])
    },
  )

  test('two states, and of neither', async () => {
    const { answer } = await browser.open(`${requestOf(app)}&state=other`)
    expect(answer).toEqual({
      error: 'invalid_request',
      error_description: expect.any(String),
      iss: ISSUER,
    })
  })

  test('a state that is missing: none is made up', async () => {
    const { answer } = await open({ state: null, prompt: 'none' })
    expect(Object.keys(answer)).toEqual(['error', 'error_description', 'iss'])
  })

  test('a state of any characters, as it is', async () => {
    const state = `a+b c&d=e%20"<>'~;#?/\\{}|^[]\`@:,!$()*`
    const { headers, answer } = await open({ state, prompt: 'none' })
    expect(answer.state).toBe(state)
    expect(new URL(headers.get('Location') ?? '').searchParams.getAll('state')).toEqual([state])
  })

  test('at a place whose own parameters stay as they are', async () => {
    const redirect_uri = 'https://shop.example/callback?shop=1&q=a%20b'
    const { headers } = await open({ client_id: `${tenant}-query`, redirect_uri, prompt: 'none' })
    expect(headers.get('Location')).toMatch(
      /^https:\/\/shop\.example\/callback\?shop=1&q=a%20b&error=login_required&/,
    )
  })

  test('a mistake in a shop whose shoppers log in elsewhere', async () => {
    const shop = await startHanzoApp()
    const answer = await browserAt(shop).open(requestOf(shop, { code_challenge: null }))
    expect([answer.status, answer.to, answer.answer.error]).toEqual([
      303,
      CALLBACK,
      'invalid_request',
    ])
  })
})

/** Spellings of a place that look like the registered one, or lead there by way of a lax comparison. */
const strange = [
  'https://shop.example/callback/',
  'https://shop.example/Callback',
  'https://shop.example//callback',
  'https://shop.example/./callback',
  'https://shop.example/x/../callback',
  'https://shop.example/%63allback',
  'https://shop.example/callback%2e',
  'https://shop.example/callback%00',
  'https://shop.example/callback%0d%0aSet-Cookie:x=y',
  'https://shop.example/callback\r\nX: y',
  'https://shop.example/callback ',
  ' https://shop.example/callback',
  'https://shop.example/callback?',
  'https://shop.example/callback?x=1',
  'https://shop.example/callback&x=1',
  'https://shop.example/callback#',
  'https://shop.example/callback#@evil.example',
  'https://shop.example/callback;x',
  'https://shop.example/callback/../../evil',
  'https://shop.example/callback.evil.example',
  'https://shop.example',
  'https://shop.example/',
  'https://shop.example:443/callback',
  'https://shop.example:8443/callback',
  'https://shop.example./callback',
  'https://SHOP.example/callback',
  'HTTPS://shop.example/callback',
  'http://shop.example/callback',
  'https:shop.example/callback',
  'https:/shop.example/callback',
  'https:///shop.example/callback',
  'https:\\\\shop.example\\callback',
  '//shop.example/callback',
  '/callback',
  'callback',
  'https://evil.example',
  'https://evil.example/https://shop.example/callback',
  'https://evil.example?https://shop.example/callback',
  'https://evil.example#https://shop.example/callback',
  'https://evil.example\\@shop.example/callback',
  'https://shop.example@evil.example/callback',
  'https://shop.example:x@evil.example/callback',
  'https://shop.example%40evil.example/callback',
  'https://shop.example%2eevil.example/callback',
  'https://shop.example.evil.example/callback',
  'https://evilshop.example/callback',
  'https://sub.shop.example/callback',
  'https://shop.example\t.evil.example/callback',
  'https://shop。example/callback',
  'https://ｓhop.example/callback',
  'https://shop.example\u200b/callback',
  'javascript:alert(1)//https://shop.example/callback',
  'data:text/html,https://shop.example/callback',
  'http://127.0.0.1/callback',
  'http://localhost/callback',
  '*',
  'null',
]

describe('nobody is sent to', () => {
  test.each(strange)('%j', async (redirect_uri) => {
    // Not even with an error, which would be a redirect for whoever wants one.
    for (const change of [{}, { prompt: 'none' }, { response_type: 'token' }, { scope: 'x' }]) {
      const { status, headers, html } = await open({ redirect_uri, ...change })
      expect([status, headers.get('Location')]).toEqual([400, null])
      expect(html).toContain('This link does not work')
      expect(html).not.toContain('evil')
      expect(headers.has('Set-Cookie')).toBe(false)
    }
  })

  test.each<[string, Parameters<typeof requestOf>[1]]>([
    ['without a place', { redirect_uri: null }],
    ['with an empty place', { redirect_uri: '' }],
    ['without a client', { client_id: null }],
    ['for nobody', { client_id: 'nobody' }],
    ['for a name that objects have', { client_id: '__proto__' }],
    ['for a client without a page', { client_id: `${tenant}-service` }],
    ["to another client's place", { client_id: `${tenant}-native` }],
  ])('a place %s', async (_, change) => {
    const { status, headers, html } = await open(change)
    expect([status, headers.get('Location')]).toEqual([400, null])
    expect(html).toContain('This link does not work')
  })

  test.each(['client_id', 'redirect_uri'])('a place with %s there twice', async (name) => {
    const request = requestOf(app)
    const twice = `${request}&${name}=${encodeURIComponent(request.get(name) ?? '')}`
    const { status, headers } = await browser.open(twice)
    expect([status, headers.get('Location')]).toEqual([400, null])
  })
})

describe('a native app is at this machine', () => {
  const at = async (redirect_uri: string) => {
    const { status, answer } = await open({
      client_id: `${tenant}-native`,
      redirect_uri,
      prompt: 'none',
    })
    return status === 303 ? answer.error : status
  }

  test.each([
    'http://127.0.0.1/callback',
    'http://127.0.0.1:1/callback',
    'http://127.0.0.1:80/callback',
    'http://127.0.0.1:51004/callback',
    'http://127.0.0.1:65535/callback',
    'http://[::1]/callback?app=1',
    'http://[::1]:51004/callback?app=1',
  ])('at any port: %s', async (uri) => {
    expect(await at(uri)).toBe('login_required')
  })

  test.each([
    'http://127.0.0.1:0/callback',
    'http://127.0.0.1:65536/callback',
    'http://127.0.0.1:080/callback',
    'http://127.0.0.1:+80/callback',
    'http://127.0.0.1: 80/callback',
    'http://127.0.0.1:80:80/callback',
    'http://127.0.0.1:/callback',
    'http://127.0.0.1:80/Callback',
    'http://127.0.0.1:80/callback/',
    'http://127.0.0.1:80/callback?x=1',
    'http://127.0.0.1:80/callback#x',
    'http://127.0.0.1:80@evil.example/callback',
    'http://127.0.0.1:80\\@evil.example/callback',
    'http://127.0.0.1.evil.example/callback',
    'http://x@127.0.0.1/callback',
    'https://127.0.0.1/callback',
    'http://127.0.0.2/callback',
    'http://127.1/callback',
    'http://2130706433/callback',
    'http://0.0.0.0/callback',
    'http://localhost/callback',
    'http://localhost:51004/callback',
    'http://[::1]/callback',
    'http://[0:0:0:0:0:0:0:1]/callback?app=1',
    'http://[::ffff:127.0.0.1]/callback',
    'http://[::1]:80/callback?app=2',
  ])('and not at %s', async (uri) => {
    expect(await at(uri)).toBe(400)
  })
})

test('a client at the root of its site is answered there', async () => {
  const { headers } = await open({
    client_id: `${tenant}-root`,
    redirect_uri: 'https://app.example',
    prompt: 'none',
  })
  expect(headers.get('Location')).toMatch(/^https:\/\/app\.example\?error=login_required&/)
})

test('a redirect to a stranger is logged as a try, and nothing of it stands in the log', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  await open({ redirect_uri: 'https://evil.example/secret' })
  app.advance(60_000)
  await open({ redirect_uri: 'https://evil.example/secret' })
  const lines = warn.mock.calls.flat()
  warn.mockRestore()
  expect(lines.join()).toContain('a login with a redirect URI that its client has not registered')
  expect(lines.join()).not.toContain('evil')
})
