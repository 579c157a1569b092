import { describe, expect, test } from 'vitest'
import type { Settings } from '#core/context'
import { CALLBACK, startTestApp } from '../../support/app.ts'
import { makeAuthenticator } from '../../support/authenticator.ts'
import { browserAt, elementsOf, type Seen } from '../../support/login-page.ts'
import { passkeysIn } from '../../support/passkey.ts'
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

  test('is good once, and not with the request of another page', async () => {
    const { authenticator } = await holder()
    const browser = browserAt(app)
    const page = await browser.open()
    const passkey = JSON.stringify(authenticator.get(optionsOf(page)))
    expect((await browser.send(page, { way: 'passkey', passkey })).status).toBe(303)
    const again = await browser.send(page, { way: 'passkey', passkey })
    expect([again.status, again.problem]).toEqual([401, expect.stringMatching(/\w/)])
    // The page that says so can be answered at once.
    const fresh = JSON.stringify(authenticator.get(optionsOf(again)))
    expect((await browser.send(again, { way: 'passkey', passkey: fresh })).status).toBe(303)
  })

  test.each(['', 'no JSON', '{}', '[]', 'null'])('is refused as %j', async (passkey) => {
    const browser = browserAt(app)
    const answer = await browser.send(await browser.open(), { way: 'passkey', passkey })
    expect(answer.status).toBe(401)
  })

  test('of a disabled account is refused with its reason', async () => {
    const { id, authenticator } = await holder()
    await app.call('POST', `/customer/${id}/disable`)
    const browser = browserAt(app)
    const page = await browser.open()
    const passkey = JSON.stringify(authenticator.get(optionsOf(page)))
    expect((await browser.send(page, { way: 'passkey', passkey })).status).toBe(403)
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
