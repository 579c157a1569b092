import { createServer, type Server } from 'node:http'
import axe, { type AxeResults } from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { Commerce } from '../../src/sdk/index.ts'
import { withAuthenticator } from './authenticator.ts'
import { startBrowser } from './browser.ts'
import { codeMailedTo } from './mail.ts'
import { openShop, shop } from './page.ts'
import { makeShopper } from './shopper.ts'

const url = inject('url')
/** The example of RFC 7636, appendix B. */
const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
const callback = `${shop}/callback`
const loginPage = `${url}/oauth/authorize?${new URLSearchParams({
  response_type: 'code',
  client_id: 'storefront',
  redirect_uri: callback,
  code_challenge: challenge,
  code_challenge_method: 'S256',
  state: 'a state',
})}`

let browser: Browser
let pages: Awaited<ReturnType<typeof openShop>>
let server: Server
beforeAll(async () => {
  browser = await startBrowser()
  pages = await openShop(['storefront', 'passkey'])
  // A browser asks a place to which it was sent by itself: nothing but a server can answer there.
  server = createServer((_, response) => response.end('the shop')).listen(3000)
})
afterAll(async () => {
  server.close()
  await pages.close()
  await browser.close()
})

async function open(options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-US', ...options })
  const tab = await context.newPage()
  await tab.goto(loginPage)
  return tab
}

const click = (tab: Page, name: string) => tab.getByRole('button', { name, exact: true }).click()

/** The address of the shopper whose login the browser brought back. */
async function loggedIn(tab: Page): Promise<string> {
  await tab.waitForURL(`${callback}?**`)
  const answer = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'storefront',
      redirect_uri: callback,
      code: new URL(tab.url()).searchParams.get('code') ?? '',
      code_verifier: verifier,
    }),
  })
  const { access_token } = Object(await answer.json())
  const me = await fetch(`${url}/auth/me`, { headers: { Authorization: `Bearer ${access_token}` } })
  return Object(await me.json()).email
}

/** Registers an address without a password, as a shop does that lets shoppers in by codes. */
async function register(): Promise<string> {
  const email = `code${Date.now()}@example.com`
  const client = new Commerce({ baseUrl: url, clientId: 'storefront', clientSecret: 'storefront' })
  await client.customers.create({ email })
  return email
}

test.each([true, false])(
  'a registered address logs in by code, with JavaScript: %s',
  async (javaScriptEnabled) => {
    const email = await register()
    const tab = await open({ javaScriptEnabled, viewport: { width: 360, height: 740 } })
    await tab.getByLabel('E-mail address').fill(email)
    await click(tab, 'Mail me a code instead')
    await tab.getByText(`If there is an account for ${email}`).waitFor()
    await tab.getByLabel('Code', { exact: true }).fill('000000')
    await click(tab, 'Log in')
    await tab.getByRole('alert').getByText('This code is wrong or too old.').waitFor()
    await tab.getByLabel('Code', { exact: true }).fill(await codeMailedTo(email))
    await tab.keyboard.press('Enter')
    expect(await loggedIn(tab)).toBe(email)
  },
)

test('a passkey that was made in the shop logs in on the page, until it is removed', async () => {
  const { email, password } = await makeShopper()
  const tab = await pages.visitor()
  await withAuthenticator(tab)
  await tab.goto(shop)
  const login = tab.locator('#login')
  await login.getByLabel('E-mail').fill(email)
  await login.getByLabel('Password').fill(password)
  await click(tab, 'Log in')
  await tab.getByLabel('Name of the passkey').fill('Telephone')
  await click(tab, 'Make a passkey')
  const made = tab.getByText('Telephone, never used')
  const id = (await made.getAttribute('data-id')) ?? ''

  await tab.goto(loginPage)
  await click(tab, 'Log in with a passkey')
  expect(await loggedIn(tab)).toBe(email)

  await tab.goto(shop)
  await tab.getByLabel('Passkey to remove').fill(id)
  await click(tab, 'Remove it')
  await tab.getByText('Telephone').waitFor({ state: 'detached' })
  await tab.goto(loginPage)
  await click(tab, 'Log in with a passkey')
  await tab.getByRole('alert').waitFor()
  expect(tab.url().startsWith(url)).toBe(true)
})

test.each(['light', 'dark'] as const)(
  'axe finds nothing on the page, %s, at 360 and 1280 pixels',
  async (colorScheme) => {
    for (const width of [360, 1280]) {
      const tab = await open({ colorScheme, viewport: { width, height: 740 }, bypassCSP: true })
      const faults = async () => {
        await tab.evaluate(axe.source)
        const { violations } = await tab.evaluate<AxeResults>('axe.run()')
        return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])
      }
      expect(await faults()).toEqual([])
      await tab.getByLabel('E-mail address').fill(`axe${Date.now()}@example.com`)
      await click(tab, 'Mail me a code instead')
      await tab.getByLabel('Code', { exact: true }).fill('000000')
      await click(tab, 'Log in')
      await tab.getByRole('alert').waitFor()
      expect(await faults()).toEqual([])
      await tab.goto(`${url}/oauth/authorize?client_id=nobody`)
      expect(await faults()).toEqual([])
      await tab.context().close()
    }
  },
)
