import { describe, expect, test } from 'vitest'
import type { Settings } from '#core/context'
import { pageTexts } from '../../../src/http/login-page/texts/index.ts'
import { CALLBACK, startTestApp } from '../../support/app.ts'
import { makeAuthenticator } from '../../support/authenticator.ts'
import { browserAt, elementsOf, type Seen } from '../../support/login-page.ts'
import { passkeysIn } from '../../support/passkey.ts'
import { query } from '../../support/rows.ts'
import { logIn, makeShopper } from '../../support/shopper.ts'

/** A shop whose page stands at the domain of its passkeys. */
const app = await startTestApp()
const tenants = app.runtime.config.tenants as Map<string, Settings>
const settings = tenants.get(app.tenant) as Settings
tenants.set(app.tenant, { ...settings, passkey_rp_id: 'customer.test' })
const passkeys = passkeysIn(app)
const origin = 'http://customer.test'

const buttonOf = ({ html }: Seen) =>
  elementsOf(html, 'button').find(({ id }) => id === 'with-passkey')
const optionsOf = (page: Seen) => JSON.parse(buttonOf(page)?.['data-options'] ?? 'null')

async function holder() {
  const shopper = await makeShopper(app)
  const { accessToken } = await logIn(app, shopper)
  const authenticator = makeAuthenticator({ origin })
  await passkeys.register(accessToken, authenticator)
  return { ...shopper, authenticator }
}

const codesOf = (id: string) =>
  query('select from authorization_code where tenant = $1 and customer_id = $2', [app.tenant, id])

/** Closes an account; how the page answers its passkey from then on. */
const closed: Readonly<
  Record<
    string,
    (id: string) => Promise<{ status: number; code: keyof typeof pageTexts.en.refusals }>
  >
> = {
  async disabled(id) {
    await app.call('POST', `/customer/${id}/disable`)
    return { status: 403, code: 'customer_disabled' }
  },
  async deleted(id) {
    expect((await app.call('DELETE', `/customer/${id}`)).status).toBe(204)
    return unknown
  },
  async erased(id) {
    expect((await app.call('POST', `/customer/${id}/erase`, { body: {} })).status).toBeLessThan(300)
    return unknown
  },
  async merged(from) {
    const into = await makeShopper(app)
    const { status } = await app.call('POST', `/customer/${into.id}/merge`, { body: { from } })
    expect(status).toBe(201)
    return unknown
  },
}
const unknown = { status: 401, code: 'invalid_credentials' } as const

describe('a passkey on the page', () => {
  test('lets its owner in', async () => {
    const { authenticator } = await holder()
    const browser = browserAt(app)
    const page = await browser.open()
    const passkey = JSON.stringify(authenticator.get(optionsOf(page)))
    app.wire.reset()
    const done = await browser.send(page, { way: 'passkey', passkey })
    expect([done.status, done.to, app.wire.count().trips]).toEqual([303, CALLBACK, 2])
  })

  test('is good once, and the page that refuses it can be answered at once', async () => {
    const { authenticator } = await holder()
    const browser = browserAt(app)
    const page = await browser.open()
    const passkey = JSON.stringify(authenticator.get(optionsOf(page)))
    expect((await browser.send(page, { way: 'passkey', passkey })).status).toBe(303)
    const again = await browser.send(page, { way: 'passkey', passkey })
    expect([again.status, again.problem]).toEqual([401, expect.stringMatching(/\w/)])
    const fresh = JSON.stringify(authenticator.get(optionsOf(again)))
    expect((await browser.send(again, { way: 'passkey', passkey: fresh })).status).toBe(303)
  })

  test.each(['', 'no JSON', '{}', '[]', 'null'])('is refused as %j', async (passkey) => {
    const browser = browserAt(app)
    const answer = await browser.send(await browser.open(), { way: 'passkey', passkey })
    expect(answer.status).toBe(401)
  })

  test.each(Object.entries(closed))('of an account that is %s lets nobody in', async (_, close) => {
    const { id, authenticator } = await holder()
    const browser = browserAt(app)
    const page = await browser.open()
    const passkey = JSON.stringify(authenticator.get(optionsOf(page)))
    const { status, code } = await close(id)
    const refused = await browser.send(page, { way: 'passkey', passkey })
    expect([refused.status, refused.problem]).toEqual([status, pageTexts.en.refusals[code]])
    expect([refused.headers.get('Location'), await codesOf(id)]).toEqual([null, []])
  })

  test('that was refused because the account is disabled is good when the account is back, once', async () => {
    const { id, authenticator } = await holder()
    const browser = browserAt(app)
    const page = await browser.open()
    const passkey = JSON.stringify(authenticator.get(optionsOf(page)))
    await app.call('POST', `/customer/${id}/disable`)
    expect((await browser.send(page, { way: 'passkey', passkey })).status).toBe(403)
    await app.call('POST', `/customer/${id}/enable`)
    expect((await browser.send(page, { way: 'passkey', passkey })).status).toBe(303)
    expect((await browser.send(page, { way: 'passkey', passkey })).status).toBe(401)
  })
})

test('the button is hidden until the script of the page, which its policy names, finds that the browser can', async () => {
  const page = await browserAt(app).open()
  expect(buttonOf(page)).toMatchObject({ hidden: '', value: 'passkey' })
  expect(page.headers.get('Content-Security-Policy')).toMatch(
    /script-src 'sha256-[\w+/]{43}='(;|$)/,
  )
})

test('a page at another domain than that of the passkeys offers none, and runs no script', async () => {
  const own = await startTestApp()
  const page = await browserAt(own).open()
  expect([buttonOf(page), page.html.includes('<script')]).toEqual([undefined, false])
  expect(page.headers.get('Content-Security-Policy')).not.toContain('script-src')
})
