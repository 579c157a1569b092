import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { Commerce } from '../../src/sdk/index.ts'
import { CALLBACK, startTestApp } from '../support/app.ts'
import { browserAt } from '../support/login-page.ts'
import { makeShopper, PASSWORD } from '../support/shopper.ts'
import { memory } from './memory.ts'
import { answers, scripted } from './script.ts'

const redirectUri = 'https://shop.example/callback'
const issuer = 'https://customer.test'
const metadata = answers(200, { issuer, authorization_endpoint: `${issuer}/oauth/authorize` })
const granted = answers(200, { access_token: 'access', refresh_token: 'refresh' })
type Steps = Parameters<typeof scripted>[0]
const client = (steps: Steps, { storage } = memory()) =>
  scripted(steps, { token: undefined, clientId: 'app', storage })
const answerTo = (url: string, more: Readonly<Record<string, string>> = {}) =>
  `${redirectUri}?${new URLSearchParams({
    code: 'ac_x',
    state: new URL(url).searchParams.get('state') ?? '',
    iss: issuer,
    ...more,
  })}`

describe('a login on the page', () => {
  test('begins with what the standard wants, and ends with the verifier of its challenge', async () => {
    const { commerce, sent } = client([metadata, granted])
    const url = await commerce.auth.authorizeUrl({
      redirectUri,
      loginHint: 'jane@example.com',
      uiLocales: 'de',
    })
    const { origin, pathname, searchParams } = new URL(url)
    expect(origin + pathname).toBe(`${issuer}/oauth/authorize`)
    const { state, code_challenge, ...rest } = Object.fromEntries(searchParams)
    expect(rest).toEqual({
      response_type: 'code',
      client_id: 'app',
      redirect_uri: redirectUri,
      code_challenge_method: 'S256',
      login_hint: 'jane@example.com',
      ui_locales: 'de',
    })
    expect(state).toMatch(/^[0-9a-f]{32}$/)
    const tokens = await commerce.auth.handleCallback(answerTo(url))
    expect(tokens).toEqual({ accessToken: 'access', refreshToken: 'refresh' })
    const form = Object.fromEntries(new URLSearchParams(sent[1]?.body))
    const { code_verifier = '', ...fields } = form
    expect(fields).toEqual({
      grant_type: 'authorization_code',
      client_id: 'app',
      code: 'ac_x',
      redirect_uri: redirectUri,
    })
    expect(code_verifier).toMatch(/^[0-9a-f]{64}$/)
    expect(createHash('sha256').update(code_verifier).digest('base64url')).toBe(code_challenge)
    expect(sent.map(({ headers }) => headers.get('Authorization'))).toEqual([null, null])
  })

  test('of a client with a secret shows it', async () => {
    const options = { token: undefined, clientId: 'app', clientSecret: 'secret' }
    const { commerce, sent } = scripted([metadata, granted], options)
    const url = await commerce.auth.authorizeUrl({ redirectUri })
    await commerce.auth.handleCallback(new URL(answerTo(url)))
    expect(new URLSearchParams(sent[1]?.body).get('client_secret')).toBe('secret')
  })

  test('of a client with a secret is refreshed with it, where the service asks for that', async () => {
    const needed = answers(401, { code: 'invalid_client' })
    const next = { accessToken: 'next', refreshToken: 'second', userId: 'cust_1' }
    const options = { token: undefined, clientId: 'app', clientSecret: 'secret' }
    const { commerce, sent } = scripted([needed, answers(200, next)], options)
    commerce.setToken({ accessToken: 'access', refreshToken: 'refresh' })
    await commerce.auth.refresh()
    expect(sent.map(({ body }) => JSON.parse(body ?? ''))).toEqual([
      { refreshToken: 'refresh' },
      { refreshToken: 'refresh', clientId: 'app', clientSecret: 'secret' },
    ])
    expect(commerce.session?.accessToken).toBe('next')
  })

  test('of a client without a secret is asked for once', async () => {
    const { commerce, sent } = client([answers(401, { code: 'invalid_client' })])
    commerce.setToken({ accessToken: 'access', refreshToken: 'refresh' })
    await expect(commerce.auth.refresh()).rejects.toMatchObject({ code: 'invalid_client' })
    expect(sent).toHaveLength(1)
  })

  test('outlives the page that began it, and is found by its tab', async () => {
    const storage = memory()
    const one = await client([metadata], storage).commerce.auth.authorizeUrl({ redirectUri })
    const other = await client([metadata], storage).commerce.auth.authorizeUrl({ redirectUri })
    for (const url of [other, one]) {
      const { commerce } = client([granted], storage)
      expect((await commerce.auth.handleCallback(answerTo(url))).accessToken).toBe('access')
    }
  })

  test.each<[string, Readonly<Record<string, string>>]>([
    ['of another state', { state: 'another' }],
    ['without a state', { state: '' }],
    ['of another issuer', { iss: 'https://evil.example' }],
    ['without an issuer', { iss: '' }],
  ])('takes no answer %s, and sends its code to nobody', async (_, change) => {
    const { commerce, sent } = client([metadata, granted])
    const url = await commerce.auth.authorizeUrl({ redirectUri })
    const wrong = commerce.auth.handleCallback(answerTo(url, change))
    await expect(wrong).rejects.toMatchObject({ code: 'login_unknown' })
    expect(sent).toHaveLength(1)
    // The right one may still come.
    expect((await commerce.auth.handleCallback(answerTo(url))).accessToken).toBe('access')
  })

  test('takes one answer once', async () => {
    const { commerce } = client([metadata, granted])
    const url = await commerce.auth.authorizeUrl({ redirectUri })
    await commerce.auth.handleCallback(answerTo(url))
    const again = commerce.auth.handleCallback(answerTo(url))
    await expect(again).rejects.toMatchObject({ code: 'login_unknown' })
  })

  test('says when the shopper did not log in', async () => {
    const { commerce } = client([metadata])
    const url = await commerce.auth.authorizeUrl({ redirectUri })
    const back = answerTo(url, { code: '', error: 'access_denied' })
    await expect(commerce.auth.handleCallback(back)).rejects.toMatchObject({
      code: 'login_refused',
      message: 'The login ended: access_denied.',
    })
  })

  test('is unknown to a storage that is spoilt', async () => {
    for (const text of ['{', '{}', 'null', '7']) {
      const storage = memory()
      storage.kept.set('commerce.login', text)
      const { commerce } = client([metadata, granted], storage)
      const url = await commerce.auth.authorizeUrl({ redirectUri })
      expect((await commerce.auth.handleCallback(answerTo(url))).accessToken).toBe('access')
    }
  })
})

test('the whole way against the service: in by the page, refreshed, out again', async () => {
  const app = await startTestApp()
  const commerce = new Commerce({
    baseUrl: 'http://customer.test',
    clientId: `${app.tenant}-storefront`,
    fetch: (url, init) => app.request(new URL(url).pathname, init),
  })
  const { id, email } = await makeShopper(app)
  const url = await commerce.auth.authorizeUrl({ redirectUri: CALLBACK, loginHint: email })
  const browser = browserAt(app)
  const page = await browser.open(new URL(url).searchParams)
  const { headers } = await browser.send(page, { email: page.email, password: PASSWORD })
  commerce.setToken(await commerce.auth.handleCallback(headers.get('Location') ?? ''))
  expect((await commerce.customers.me()).id).toBe(id)
  app.advance(16 * 60_000)
  expect((await commerce.customers.me()).id).toBe(id)
  await commerce.auth.logout()
  expect(commerce.session).toBeNull()
})
