import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { buildSdk } from '../../dev/sdk.ts'
import { Commerce } from '../../src/sdk/index.ts'
import { startBrowser } from './browser.ts'
import { linkMailedTo } from './mail.ts'
import { snippet } from './snippet.ts'

const url = inject('url')
const commerce = new Commerce({ baseUrl: url, clientId: 'dev', clientSecret: 'dev' })
const shop = 'http://localhost:3000'
const password = 'correct horse battery'
const start = `<!doctype html><meta charset="utf-8"><title>Shop</title><body>
<script type="importmap">{ "imports": { "@hanzo/commerce": "/commerce.js" } }</script>
<script type="module" src="/shop.js"></script>`

let browser: Browser
let server: Server
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'customer-hosted-'))
  await buildSdk(folder)
  browser = await startBrowser()
  const scripts: Readonly<Record<string, () => Promise<string>>> = {
    '/shop.js': () => snippet('docs/recipes.md', 'hosted'),
    '/commerce.js': () => readFile(join(folder, 'index.js'), 'utf8'),
  }
  // A browser asks a place to which it was sent by itself: nothing but a server can answer there.
  server = createServer(async (request, response) => {
    const script = scripts[request.url ?? '']
    response.setHeader('Content-Type', script === undefined ? 'text/html' : 'text/javascript')
    response.end(script === undefined ? start : await script())
  }).listen(3000)
})
afterAll(async () => {
  server.close()
  await browser.close()
  await rm(folder, { recursive: true })
})

async function shopper(): Promise<string> {
  const email = `hosted${Date.now()}@example.com`
  await commerce.customers.create({ email, password })
  const token = (await linkMailedTo(email)).searchParams.get('token') ?? ''
  await commerce.auth.verifyEmail({ token, password })
  return email
}

test('a shopper logs in on the page and out again, in a shop made from the recipe alone', async () => {
  const email = await shopper()
  const context = await browser.newContext({ locale: 'de-DE' })
  const tab = await context.newPage()
  const complaints: string[] = []
  tab.on('pageerror', (error) => complaints.push(error.message))
  await tab.goto(shop)
  await tab.getByRole('button', { name: 'Log in' }).click()
  await tab.getByLabel('E-Mail-Adresse').fill(email)
  await tab.getByLabel('Passwort').fill('not the password')
  await tab.getByRole('button', { name: 'Anmelden', exact: true }).click()
  await tab
    .getByRole('alert')
    .getByText('Die E-Mail-Adresse oder das Passwort ist falsch.')
    .waitFor()
  expect(await tab.getByLabel('E-Mail-Adresse').inputValue()).toBe(email)
  await tab.getByLabel('Passwort').fill(password)
  await tab.keyboard.press('Enter')
  await tab.getByRole('button', { name: `Log out ${email}` }).waitFor()
  expect(tab.url()).toBe(`${shop}/`)
  await tab.getByRole('button').click()
  await tab.getByRole('button', { name: 'Log in' }).waitFor()
  expect(complaints).toEqual([])
})

test('who cancels is told so, and nothing of another site is let in', async () => {
  const context = await browser.newContext({ locale: 'en-US' })
  const tab = await context.newPage()
  await tab.goto(shop)
  await tab.getByRole('button', { name: 'Log in' }).click()
  await tab.getByRole('button', { name: 'Cancel' }).click()
  await tab.getByText('The login ended: access_denied.').waitFor()
  await tab.goto(`${shop}/callback?code=ac_stolen&state=x&iss=${encodeURIComponent(url)}`)
  await tab
    .getByText('This browser did not begin this login, or another issuer answers it.')
    .waitFor()
})

test('the page works without JavaScript, at 360 pixels, and in no frame', async () => {
  const email = await shopper()
  const context = await browser.newContext({
    javaScriptEnabled: false,
    locale: 'en-US',
    viewport: { width: 360, height: 740 },
  })
  const tab = await context.newPage()
  const parameters = new URLSearchParams({
    response_type: 'code',
    client_id: 'storefront',
    redirect_uri: `${shop}/callback`,
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    state: 'a state',
    login_hint: email,
  })
  const page = `${url}/oauth/authorize?${parameters}`
  await tab.goto(page)
  const sizes = await tab.locator('html').boundingBox()
  expect(sizes?.width).toBeLessThanOrEqual(360)
  await tab.getByLabel('Password').fill(password)
  await tab.keyboard.press('Enter')
  await tab.waitForURL(`${shop}/callback?**`)
  expect(new URL(tab.url()).searchParams.get('state')).toBe('a state')
  await tab.setContent(`<iframe src="${page.replaceAll('&', '&amp;')}"></iframe>`)
  expect(await tab.frames()[1]?.locator('form').count()).toBe(0)
})
