import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Settings } from '#core/context'
import { languages } from '#core/mail'
import { pageTexts } from '../../../src/http/login-page/texts/index.ts'
import { type CallOptions, startTestApp } from '../../support/app.ts'
import { browserAt, elementsOf, requestOf, type Seen } from '../../support/login-page.ts'
import { makeShopper } from '../../support/shopper.ts'

const app = await startTestApp({
  clients: {
    native: {
      public: true,
      name: 'Anna & Söhne <App>',
      redirect_uris: ['http://127.0.0.1/callback', 'http://[::1]/callback'],
    },
  },
})
const native = {
  client_id: `${app.tenant}-native`,
  redirect_uri: 'http://127.0.0.1:51004/callback',
}

/** What a shop's pages look like, for some work. */
async function looking<T>(look: Partial<Settings>, work: () => Promise<T>): Promise<T> {
  const tenants = app.runtime.config.tenants as Map<string, Settings>
  const own = tenants.get(app.tenant) as Settings
  tenants.set(app.tenant, { ...own, ...look })
  try {
    return await work()
  } finally {
    tenants.set(app.tenant, own)
  }
}

/** All elements of a page, and its text. It has to be one that each parser reads alike. */
function parse(html: string) {
  expect(html.startsWith('<!doctype html><html lang="')).toBe(true)
  const body = html.replace(/<style>[^<]*<\/style>/, '').replace('<!doctype html>', '')
  const tags = [...body.matchAll(/<(\/?)([a-z][a-z\d]*)((?:\s+[a-z-]+(?:="[^"<>]*")?)*)\s*(\/?)>/g)]
  const text = tags.reduce((left, [tag]) => left.replace(tag, ' '), body)
  expect(text).not.toMatch(/[<>]/)
  const open: string[] = []
  for (const [, closes, name = '', , isEmpty] of tags) {
    if (closes) expect(open.pop()).toBe(name)
    else if (!isEmpty) open.push(name)
  }
  expect(open).toEqual([])
  const attributes = tags.flatMap(([, , , all = '']) =>
    [...all.replace(/"[^"]*"/g, '').matchAll(/[a-z-]+/g)].map(([name]) => name),
  )
  return { names: new Set(tags.map(([, , name = '']) => name)), attributes, text }
}

/** Everything that a browser would load, send to or go to. */
const addressesIn = (html: string) =>
  [
    ...html.matchAll(
      /\b(href|src|srcset|action|formaction|poster|data|background|cite)="([^"]*)"/g,
    ),
  ].map(([, name, value]) => `${name} ${value}`)

const allowed = new Set(
  'html head meta title body main p img h1 h2 form label input button ul li a code'.split(' '),
)

/** What holds for every page, whatever it says. */
function checkPage({ html, headers, status }: Seen, leadsTo = '') {
  const { names, attributes, text } = parse(html)
  expect([...names].filter((name) => !allowed.has(name))).toEqual([])
  expect(attributes.filter((name) => /^(style|on.*)$/.test(name))).toEqual([])
  // The only link leads newcomers to the shop.
  for (const [, href] of html.matchAll(/href="([^"]*)"/g)) expect(href).toBe('https://shop.example')
  expect(/<style>([^<]*)</.exec(html)?.[1]).not.toMatch(/@import|url\(/)
  expect(Buffer.byteLength(html)).toBeLessThanOrEqual(15 * 1024)
  const [, style = ''] = /<style>([^<]*)<\/style>/.exec(html) ?? []
  const hash = createHash('sha256').update(style).digest('base64')
  const policy = headers.get('Content-Security-Policy') ?? ''
  expect(policy.split('; ').filter((one) => !one.startsWith('img-src'))).toEqual([
    "default-src 'none'",
    `style-src 'sha256-${hash}'`,
    `form-action 'self'${leadsTo}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ])
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-type': 'text/html; charset=UTF-8',
    'cache-control': 'no-store',
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  })
  for (const name of headers.keys()) expect(name).not.toMatch(/^access-control-/)
  expect(status).not.toBe(307)
  return text
}

describe.each(languages)('in the language %s', (language) => {
  const texts = pageTexts[language]
  const browser = browserAt(app, { 'Accept-Language': language })

  test('the page says whose login it is, who gets it, and what it allows', async () => {
    const page = await browser.open(requestOf(app, native))
    const text = checkPage(page, ' http://127.0.0.1:51004')
    expect(page.html).toContain(`<html lang="${language}">`)
    for (const part of [texts.logIn, texts.email, texts.password, texts.cancel, ...texts.rights]) {
      expect(text).toContain(part)
    }
    expect(text).toContain('Anna &amp; Söhne &lt;App&gt;')
    expect(text).toContain('Test Shop')
    expect(page.html).toContain('– Test Shop</title>')
    // Whoever has no account goes to the shop.
    expect(addressesIn(page.html)).toEqual(['action /oauth/authorize', 'href https://shop.example'])
  })

  test('it works without scripts, and with a keyboard, a screen reader and a password manager', async () => {
    const { html } = await browser.open(requestOf(app))
    const [form] = elementsOf(html, 'form')
    expect(form).toEqual({ method: 'post', action: '/oauth/authorize' })
    const fields = elementsOf(html, 'input')
    expect(fields.map(({ name, type, autocomplete }) => [name, type, autocomplete])).toEqual([
      ['email', 'email', 'username'],
      ['password', 'password', 'current-password'],
      ['page', 'hidden', undefined],
    ])
    const labels = elementsOf(html, 'label').map((label) => label.for)
    expect(labels).toEqual(['email', 'password'])
    expect(fields.slice(0, 2).map(({ id }) => id)).toEqual(labels)
    // The first button is the one of the Enter key.
    expect(elementsOf(html, 'button').map(({ type, value }) => [type, value])).toEqual([
      ['submit', 'password'],
      ['submit', 'code'],
      ['submit', 'cancel'],
    ])
    expect(elementsOf(html, 'meta').map(({ name }) => name)).toContain('viewport')
  })

  test('it shows a refusal aloud, and where the cursor is', async () => {
    const { email } = await makeShopper(app)
    const page = await browser.open()
    const refused = await browser.send(page, { email, password: 'wrong' })
    checkPage(refused, ' https://shop.example')
    expect([refused.status, refused.problem]).toEqual([401, texts.refusals.invalid_credentials])
    expect(refused.html).toContain('<p id="problem" role="alert" aria-live="assertive">')
    expect(refused.html).toContain(`<title>${texts.error}: ${texts.logIn}`)
    const [first, second] = elementsOf(refused.html, 'input')
    expect(first).toMatchObject({ value: email, 'aria-describedby': 'problem' })
    expect(first).not.toHaveProperty('autofocus')
    expect(second).toMatchObject({ autofocus: '', 'aria-invalid': 'true' })
    expect(second).not.toHaveProperty('value')
  })

  test('a page that leads nowhere says so, in the name of the shop if it is known', async () => {
    const nobody = await browser.open('client_id=nobody')
    expect(checkPage(nobody)).toContain(texts.untrusted.text)
    expect(nobody.html).not.toContain('Test Shop')
    const elsewhere = await browser.open(requestOf(app, { redirect_uri: 'https://evil.example' }))
    expect(checkPage(elsewhere)).toContain('Test Shop')
    const lost = await browser.send(nobody, { page: 'x' })
    expect([lost.status, checkPage(lost)]).toEqual([400, expect.stringContaining(texts.lost.text)])
    expect([nobody.status, elsewhere.status]).toEqual([400, 400])
  })
})

test('the languages are those of the mails', () => {
  expect(Object.keys(pageTexts)).toEqual(languages)
})

describe('the language', () => {
  test.each<[string, string | null, string, string]>([
    ['is what the client asks for', 'de', 'en', 'de'],
    ['is the first that there is', 'fr-CA de-AT en', 'en', 'de'],
    ['is any spelling of it', 'DE-CH', 'en', 'de'],
    ["is otherwise the browser's", 'fr xx', 'de-DE,de;q=0.9,en;q=0.8', 'de'],
    ["is the browser's best", null, 'en;q=0.5, de;q=0.9', 'de'],
    ['is none that it does not want', null, 'de;q=0, fr', 'en'],
    ['is English for nobody', null, '', 'en'],
    ['is English for all', null, '*', 'en'],
    ['is English for nonsense', ';;;,=', ';q=x,,;;q=', 'en'],
  ])('%s', async (_, ui_locales, accepted, language) => {
    const browser = browserAt(app, { 'Accept-Language': accepted })
    const page = await browser.open(requestOf(app, { ui_locales }))
    expect(page.html).toContain(`<html lang="${language}">`)
    // It stays what it is, also for a browser that wants another one by now.
    const again = await browser.send(page, { email: 'x' }, { 'Accept-Language': 'xx' })
    expect(again.html).toContain(`<html lang="${language}">`)
  })
})

describe('nothing of a request becomes part of the page', () => {
  const nasty = [
    '"><script>alert(1)</script>',
    "' autofocus onfocus=alert(1) x='",
    '</title></style><img src=x onerror=alert(1)>',
    '&lt;b&gt; &amp; &#39;',
    '{{constructor}} <%= 1 %>',
    'a\u0000b\u202ec',
    'javascript:alert(1)',
  ]
  const echoes = (html: string, text: string) => html.includes(text)

  test.each(nasty)('%j', async (text) => {
    const browser = browserAt(app)
    for (const name of ['login_hint', 'state', 'ui_locales', 'nonce', 'foo', 'scope', 'prompt']) {
      const page = await browser.open(requestOf(app, { [name]: text }))
      if (page.status !== 200) continue
      checkPage(page, ' https://shop.example')
      expect(page.email).toBe(name === 'login_hint' ? text : '')
      if (name !== 'login_hint') expect(echoes(page.html, text)).toBe(false)
    }
    const page = await browser.open()
    for (const fields of [{ email: text }, { email: `${text}@example.com`, password: text }]) {
      const refused = await browser.send(page, fields)
      checkPage(refused, ' https://shop.example')
      expect(refused.email).toBe(fields.email)
    }
    for (const change of [{ client_id: text }, { redirect_uri: text }]) {
      const refused = await browser.open(requestOf(app, change))
      checkPage(refused)
      expect(echoes(refused.html, text)).toBe(false)
    }
  })

  test('a hint is put into the field as it is', async () => {
    const page = await browserAt(app).open(requestOf(app, { login_hint: 'Jane+x@Example.com' }))
    expect(page.email).toBe('Jane+x@Example.com')
    expect(elementsOf(page.html, 'input')[1]).toHaveProperty('autofocus')
  })

  test('the largest request makes a page of less than 15 KB', async () => {
    const browser = browserAt(app)
    for (const login_hint of ['"'.repeat(254), '"'.repeat(255)]) {
      const page = await browser.open(requestOf(app, { state: '\\'.repeat(2048), login_hint }))
      checkPage(page, ' https://shop.example')
      // What is longer is no address.
      expect(page.email).toBe(login_hint.length > 254 ? '' : login_hint)
      const refused = await browser.send(page, { email: '"'.repeat(15_000) })
      checkPage(refused, ' https://shop.example')
    }
  })
})

describe("the shop's look", () => {
  test('is its logo and its colour, from its own place alone', async () => {
    const logoUrl = 'https://cdn.shop.example/logo.svg?v=1&x=2'
    const { html, headers } = await looking({ logoUrl, color: '#FFDD00' }, () =>
      browserAt(app).open(),
    )
    expect(elementsOf(html, 'img')).toEqual([{ src: logoUrl, alt: 'Test Shop' }])
    expect(headers.get('Content-Security-Policy')).toContain('; img-src https://cdn.shop.example;')
    expect(html).toContain('--shop:#FFDD00;--on-shop:#000')
  })

  test.each([
    ['#ffffff', '#000'],
    ['#ffdd00', '#000'],
    ['#0a7c66', '#fff'],
    ['#000000', '#fff'],
    ['#1f4f8f', '#fff'],
    ['#e53935', '#000'],
  ])('the button in %s has text in %s', async (color, text) => {
    const { html } = await looking({ color }, () => browserAt(app).open())
    expect(html).toContain(`--shop:${color};--on-shop:${text}`)
  })

  test('is a name that is written like a page', async () => {
    const shopName = `</title><script>"Tom's & Co"</script>`
    const page = await looking({ shopName, logoUrl: 'https://cdn.shop.example/l.svg' }, () =>
      browserAt(app).open(),
    )
    checkPage(page, ' https://shop.example')
    expect(elementsOf(page.html, 'img')[0]?.alt).toBe(shopName)
  })
})

test('a place that a policy has no word for is let in by its scheme', async () => {
  const redirect_uri = 'http://[::1]:51004/callback'
  const page = await browserAt(app).open(requestOf(app, { ...native, redirect_uri }))
  checkPage(page, ' http:')
})

test('a program that asks for the page in a way that a browser does not gets it, or a refusal that it can read', async () => {
  const ask = (method: string, options: CallOptions = {}) =>
    app.call(method, '/oauth/authorize', { token: null, ...options })
  expect([(await ask('PUT')).status, (await ask('DELETE')).status]).toEqual([405, 405])
  const posted = await ask('POST', { body: {} })
  expect([posted.status, posted.headers.get('Content-Type')]).toEqual([
    415,
    'text/html; charset=UTF-8',
  ])
})

test.each([
  `/oauth/authorize?${requestOf(app)}`,
  '/oauth/callback',
  '/oauth/callback/google?code=x',
])('no script of another page may ask for %s', async (path) => {
  for (const Origin of ['https://shop.example', 'https://evil.example']) {
    const preflight = await app.request(path, {
      method: 'OPTIONS',
      headers: { Origin, 'Access-Control-Request-Method': 'GET' },
    })
    const read = await app.request(path, { headers: { Origin } })
    for (const { headers } of [preflight, read]) {
      expect(headers.get('Access-Control-Allow-Origin')).toBeNull()
    }
  }
})
