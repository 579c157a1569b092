import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildSdk } from '../../dev/sdk.ts'
import { startBrowser } from './browser.ts'
import { linkMailedTo } from './mail.ts'
import { snippet } from './snippet.ts'

const shop = 'http://localhost:3000'
const page = join(import.meta.dirname, 'storefront/index.html')

let browser: Browser
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'customer-storefront-'))
  await buildSdk(folder)
  browser = await startBrowser()
})
afterAll(async () => {
  await browser.close()
  await rm(folder, { recursive: true })
})

/** A shopper's browser. The shop is three files: a form page, the recipe's script and the built client. */
async function visitor() {
  const context = await browser.newContext()
  const files: Readonly<Record<string, () => Promise<string>>> = {
    '/shop.js': () => snippet('docs/recipes.md', 'storefront'),
    '/commerce.js': () => readFile(join(folder, 'index.js'), 'utf8'),
  }
  await context.route(`${shop}/**`, async (route) => {
    const file = files[new URL(route.request().url()).pathname]
    if (file === undefined) return route.fulfill({ path: page })
    return route.fulfill({ contentType: 'text/javascript', body: await file() })
  })
  // The page does not really come from this machine, as it would from a shop's own server.
  await context.grantPermissions(['local-network-access'], { origin: shop })
  return context.newPage()
}

test('a shopper registers, verifies, logs in and lists addresses, in a page made from the recipe alone', async () => {
  const email = `shopper${Date.now()}@example.com`
  const password = 'correct horse battery'
  const tab = await visitor()
  const complaints: string[] = []
  tab.on('pageerror', (error) => complaints.push(error.message))

  await tab.goto(shop)
  const register = tab.locator('#register')
  await register.getByLabel('E-mail').fill(email)
  await register.getByLabel('Password').fill(password)
  await register.getByRole('button').click()
  await tab.getByText('Check your mail.').waitFor()

  const login = tab.locator('#login')
  await login.getByLabel('E-mail').fill(email)
  await login.getByLabel('Password').fill(password)
  await login.getByRole('button').click()
  await tab.getByText(/email_unverified/).waitFor()

  const link = await linkMailedTo(email)
  expect(link.origin).toBe(shop)
  await tab.goto(link.href)
  const verify = tab.locator('#verify')
  await verify.getByLabel('Password').fill(password)
  await verify.getByRole('button').click()
  await tab.locator('#account').waitFor()

  const address = { Street: '123 Main St', City: 'San Francisco', State: 'CA' }
  for (const [label, value] of Object.entries(address)) await tab.getByLabel(label).fill(value)
  await tab.getByLabel('Postal code').fill('nonsense')
  await tab.getByRole('button', { name: 'Add' }).click()
  await tab.locator('#said').getByText(/./).waitFor()
  await tab.getByLabel('Postal code').fill('94102')
  await tab.getByRole('button', { name: 'Add' }).click()
  await tab.getByText('123 Main St, San Francisco (default)').waitFor()

  await tab.goto(shop)
  await tab.getByText('123 Main St, San Francisco (default)').waitFor()
  await tab.getByRole('button', { name: 'Log out' }).click()
  await login.getByLabel('E-mail').fill(email)
  await login.getByLabel('Password').fill(password)
  await login.getByRole('button').click()
  await tab.getByText('123 Main St, San Francisco (default)').waitFor()
  expect(complaints).toEqual([])
})
