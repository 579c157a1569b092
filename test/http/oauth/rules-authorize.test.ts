import { describe, expect } from 'vitest'
import { readConfig } from '../../../src/config.ts'
import { CALLBACK, startTestApp } from '../../support/app.ts'
import { challengeOf, exchange, makeVerifier } from '../../support/code.ts'
import { browserAt, requestOf } from '../../support/login-page.ts'
import { query } from '../../support/rows.ts'
import { holdRules } from '../../support/rule.ts'
import { settings } from '../../support/settings.ts'
import { makeShopper, PASSWORD } from '../../support/shopper.ts'

/**
 * The authorization endpoint. What does not apply, and where the service deviates: docs/security.md. More spellings of each rule are in
 * authorize.test.ts, page.test.ts and page-form.test.ts.
 */
const app = await startTestApp({
  clients: {
    native: { public: true, redirect_uris: ['http://127.0.0.1/callback'] },
    six: { public: true, redirect_uris: ['http://[::1]/callback'] },
    query: { public: true, redirect_uris: ['https://shop.example/callback?shop=1'] },
  },
})
const { body: metadata } = await app.call('GET', '/.well-known/oauth-authorization-server', {
  token: null,
})
const browser = browserAt(app)
const open = (change: Parameters<typeof requestOf>[1] = {}) => browser.open(requestOf(app, change))
const errorOf = async (change: Parameters<typeof requestOf>[1]) => (await open(change)).answer.error

async function logIn(change: Parameters<typeof requestOf>[1] = {}) {
  const { email } = await makeShopper(app)
  const page = await open(change)
  return browser.send(page, { email, password: PASSWORD })
}
async function isPageAlone(change: Parameters<typeof requestOf>[1]) {
  const { status, headers } = await open(change)
  expect([status, headers.get('Location')]).toEqual([400, null])
}
const startsWith = (redirect_uris: string[]) => () =>
  readConfig({
    ...settings,
    tenants: {
      shop: {
        ...settings.tenants.shop,
        clients: { backend: { scopes: ['customer:read'], redirect_uris } },
      },
    },
  })

describe('the authorization endpoint', () => {
  holdRules([
    ['RFC 6749, 3.1', 'must', 'GET is taken', async () => expect((await open()).status).toBe(200)],
    [
      'RFC 6749, 3.1',
      'must',
      'an unknown parameter is ignored',
      async () => expect((await open({ audience: 'x' })).status).toBe(200),
    ],
    [
      'RFC 6749, 3.1',
      'must',
      'a parameter without a value counts as left out',
      async () => {
        expect((await open({ scope: '' })).status).toBe(200)
        expect(await errorOf({ code_challenge: '' })).toBe('invalid_request')
      },
    ],
    [
      'RFC 6749, 3.1',
      'must',
      'a parameter is there once',
      async () => {
        const { answer } = await browser.open(`${requestOf(app)}&state=other`)
        expect(answer.error).toBe('invalid_request')
      },
    ],
    [
      'RFC 6749, 3.1.1',
      'must',
      'an absent or unknown response type is an error',
      async () => {
        expect(await errorOf({ response_type: null })).toBe('invalid_request')
        expect(await errorOf({ response_type: 'token' })).toBe('unsupported_response_type')
      },
    ],
    [
      'RFC 6749, 3.1.2',
      'must',
      'a redirect URI is absolute, has no fragment, and keeps its query',
      async () => {
        expect(startsWith(['https://shop.example/#x'])).toThrow('redirect_uris.0')
        expect(startsWith(['/callback'])).toThrow('redirect_uris.0')
        const redirect_uri = 'https://shop.example/callback?shop=1'
        const { answer } = await open({
          client_id: `${app.tenant}-query`,
          redirect_uri,
          prompt: 'none',
        })
        expect(answer).toMatchObject({ shop: '1', error: 'login_required' })
      },
    ],
    [
      'RFC 6749, 3.1.2.4 and 4.1.2.1',
      'must',
      'nobody is sent to a place that is not registered',
      async () => isPageAlone({ redirect_uri: 'https://evil.example/' }),
    ],
    [
      'RFC 6749, 4.1.2.1',
      'should',
      'the person is told of an unknown client',
      async () => isPageAlone({ client_id: 'nobody' }),
    ],
    [
      'RFC 9700, 2.1; UCP',
      'must',
      'a place is compared letter by letter',
      async () => {
        for (const end of ['/', '?', '#', '%2e', '/../x']) {
          await isPageAlone({ redirect_uri: `${CALLBACK}${end}` })
        }
        await isPageAlone({ redirect_uri: 'https://shop.example:443/callback' })
        await isPageAlone({ redirect_uri: 'https://x@shop.example/callback' })
        await isPageAlone({ redirect_uri: 'https://shop.example.evil.example/callback' })
      },
    ],
    [
      'RFC 8252, 7.3; UCP',
      'must',
      'the port of a loopback address is ignored, the rest is compared',
      async () => {
        const client_id = `${app.tenant}-native`
        for (const port of ['', ':1', ':65535']) {
          const redirect_uri = `http://127.0.0.1${port}/callback`
          expect((await open({ client_id, redirect_uri })).status).toBe(200)
        }
        await isPageAlone({ client_id, redirect_uri: 'http://127.0.0.1:1/other' })
        const six = `${app.tenant}-six`
        const redirect_uri = 'http://[::1]:65535/callback'
        expect((await open({ client_id: six, redirect_uri })).status).toBe(200)
        await isPageAlone({ client_id: six, redirect_uri: 'http://[::1]:1/callback?q=1' })
      },
    ],
    [
      'RFC 8252, 8.3',
      'own',
      'localhost is no loopback address',
      async () => {
        const redirect_uri = 'http://localhost:1/callback'
        await isPageAlone({ client_id: `${app.tenant}-native`, redirect_uri })
        expect(startsWith(['http://localhost/callback'])).toThrow('redirect_uris.0')
      },
    ],
    [
      'RFC 9700, 2.6',
      'must',
      'a redirect URI uses TLS, except at loopback addresses of native apps',
      async () => {
        expect(startsWith(['http://shop.example/callback'])).toThrow('must be https')
        expect(startsWith(['http://127.0.0.1/callback'])).toThrow('only a public client')
      },
    ],
    [
      'RFC 7636, 4.3 and 4.4.1; RFC 9700, 2.1.1; UCP',
      'must',
      'PKCE is needed, and nothing weaker than S256 is taken',
      async () => {
        for (const code_challenge_method of [null, 'plain', 's256']) {
          expect(await errorOf({ code_challenge_method })).toBe('invalid_request')
        }
        expect(await errorOf({ code_challenge: null })).toBe('invalid_request')
        const none = { code_challenge: null, code_challenge_method: null }
        expect(await errorOf(none)).toBe('invalid_request')
      },
    ],
    [
      'RFC 7636, 4.4',
      'must',
      'nothing of the challenge can be read in the code',
      async () => {
        const code_challenge = challengeOf(makeVerifier())
        const { answer } = await logIn({ code_challenge })
        const bytes = Buffer.from(answer.code?.slice(3) ?? '', 'base64url')
        expect(bytes.includes(Buffer.from(code_challenge, 'base64url').subarray(0, 4))).toBe(false)
        expect(answer.code).not.toContain(code_challenge.slice(0, 6))
      },
    ],
    [
      'RFC 9207, 2 and 2.1; UCP',
      'must',
      'each answer says who gives it, as the metadata does',
      async () => {
        expect((await logIn()).answer.iss).toBe(metadata.issuer)
        for (const change of [{ prompt: 'none' }, { scope: 'x' }, { response_type: 'token' }]) {
          expect((await open(change)).answer.iss).toBe(metadata.issuer)
        }
        const cancelled = await browser.send(await open(), { way: 'cancel' })
        expect(cancelled.answer.iss).toBe(metadata.issuer)
      },
    ],
    [
      'RFC 9207, 2',
      'must',
      'the issuer is https, without query and fragment',
      async () => {
        for (const url of ['http://a.example', 'https://a.example?x', 'https://a.example#x']) {
          expect(() => readConfig({ ...settings, PUBLIC_URL: url })).toThrow('PUBLIC_URL')
        }
      },
    ],
    [
      'RFC 6749, 4.1.2',
      'must',
      'the state comes back as it was',
      async () => {
        const state = `a+b c&d=e%20"'<>~`
        expect((await logIn({ state })).answer.state).toBe(state)
        expect((await open({ state, prompt: 'none' })).answer.state).toBe(state)
      },
    ],
    [
      'RFC 6749, 4.1.2',
      'must',
      'a code is short-lived',
      async () => {
        const verifier = makeVerifier()
        const { answer } = await logIn({ code_challenge: challengeOf(verifier) })
        app.advance(61_000)
        const client = `${app.tenant}-storefront`
        const given = { code: answer.code ?? '', verifier, redirectUri: CALLBACK, client }
        expect((await exchange(app, given)).said).toBe('invalid_grant')
      },
    ],
    [
      'RFC 6749, 10.10',
      'must',
      'a code has at least 128 random bits, and better 160',
      async () => {
        const all = [await logIn(), await logIn()].map(({ answer }) => answer.code ?? '')
        expect(new Set(all).size).toBe(2)
        for (const code of all) expect(Buffer.from(code.slice(3), 'base64url').length).toBe(32)
      },
    ],
    [
      'RFC 6749, 4.1.2.1; RFC 9700, 4.11.2',
      'must',
      'nobody is redirected to an unregistered place, not even without a login',
      async () => isPageAlone({ prompt: 'none', redirect_uri: 'https://evil.example/' }),
    ],
    [
      'RFC 9700, 4.12',
      'must',
      'the password is never sent on: the answer to a form is 303',
      async () => {
        expect((await logIn()).status).toBe(303)
        expect((await open({ prompt: 'none' })).status).toBe(303)
      },
    ],
    [
      'RFC 9700, 4.16; RFC 6749, 10.13',
      'must',
      'no page is shown in a frame',
      async () => {
        const refused = await browser.send(await open(), { email: 'x@example.com', password: 'x' })
        for (const { headers } of [await open(), await browser.open('x=1'), refused]) {
          expect(headers.get('Content-Security-Policy')).toContain("frame-ancestors 'none'")
          expect(headers.get('X-Frame-Options')).toBe('DENY')
        }
      },
    ],
    [
      'RFC 9700, 4.2.4',
      'should',
      'no page loads content of others, links to them, or reveals its own address to them',
      async () => {
        const { html, headers } = await open()
        // The one link is to the shop whose page it is.
        expect(html.match(/(src|href)="[^"]*"/g)).toEqual(['href="https://shop.example"'])
        expect(headers.get('Content-Security-Policy')).toContain("default-src 'none'")
        expect(headers.get('Referrer-Policy')).toBe('same-origin')
      },
    ],
    [
      'RFC 9700, 2.6',
      'must',
      'no script of another site reads it',
      async () => {
        const headers = { Origin: 'https://shop.example', 'Access-Control-Request-Method': 'GET' }
        const answer = await app.request('/oauth/authorize', { method: 'OPTIONS', headers })
        expect(answer.headers.has('Access-Control-Allow-Origin')).toBe(false)
      },
    ],
    [
      'RFC 6749, 10.12',
      'must',
      'a form of another site, or of another browser, is refused',
      async () => {
        const { email } = await makeShopper(app)
        const fields = { email, password: PASSWORD }
        const page = await open()
        const foreign = await browser.send(page, fields, { Origin: 'https://evil.example' })
        const other = await browserAt(app).send(page, fields)
        expect([foreign.status, other.status]).toEqual([403, 400])
      },
    ],
    [
      'RFC 6749, 10.2; RFC 8252, 8.6',
      'should',
      'a public client gets nothing without a login of the shopper',
      async () => {
        const redirect_uri = 'http://127.0.0.1:1/callback'
        const client_id = `${app.tenant}-native`
        expect((await logIn({ client_id, redirect_uri })).status).toBe(303)
        expect((await open({ client_id, redirect_uri })).status).toBe(200)
        expect((await open({ client_id, redirect_uri, prompt: 'none' })).answer.error).toBe(
          'login_required',
        )
      },
    ],
    [
      'RFC 6749, 3.3',
      'must',
      'an unknown scope is refused',
      async () => expect(await errorOf({ scope: 'customer:read' })).toBe('invalid_scope'),
    ],
    [
      'RFC 6749, 4.1.2.1',
      'must',
      'a shopper who cancels is reported to the client',
      async () => {
        const { answer } = await browser.send(await open(), { way: 'cancel' })
        expect(answer).toMatchObject({ error: 'access_denied', state: 'a state' })
      },
    ],
    [
      'UCP',
      'should',
      'the page groups what a client may do, and says where accounts are made',
      async () => {
        const { html } = await open()
        expect(html.match(/<li>/g)).toHaveLength(3)
        expect(html).toContain('create an account')
      },
    ],
    [
      'own',
      'own',
      'nothing is stored before the login succeeds',
      async () => {
        const count = async () =>
          (await query('select from authorization_code where tenant = $1', [app.tenant])).length
        const before = await count()
        await browser.send(await open(), { email: 'x@example.com', password: 'x' })
        expect(await count()).toBe(before)
      },
    ],
  ])
})
