import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { buildSdk } from '../../dev/sdk.ts'
import { linkMailedTo } from './mail.ts'
import { openShop, shop } from './page.ts'
import { snippet } from './snippet.ts'

let pages: Awaited<ReturnType<typeof openShop>>
beforeAll(async () => {
  pages = await openShop(['storefront'])
})
afterAll(() => pages.close())

test('a shopper registers, verifies, logs in and lists addresses, in a page made from the recipe alone', async () => {
  const email = `shopper${Date.now()}@example.com`
  const password = 'correct horse battery'
  const tab = await pages.visitor()
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
  // For a shopper, without a code or the id of the request.
  await tab
    .getByText('The e-mail address is not verified yet. Open the link in the mail.', {
      exact: true,
    })
    .waitFor()

  const link = await linkMailedTo(email)
  expect(link.origin).toBe(shop)
  await tab.goto(link.href)
  const verify = tab.locator('#verify')
  await verify.getByLabel('Password').fill(password)
  await verify.getByRole('button').click()
  await tab.locator('#account').waitFor()
  // The token is spent, and belongs into no bookmark.
  expect(tab.url()).toBe(`${shop}/`)

  const address = { Street: '123 Main St', City: 'San Francisco', State: 'CA' }
  for (const [label, value] of Object.entries(address)) await tab.getByLabel(label).fill(value)
  await tab.getByLabel('Postal code').fill('nonsense')
  await tab.getByRole('button', { name: 'Add' }).click()
  await tab
    .locator('#said')
    .getByText(/^Postal code: /)
    .waitFor()
  await tab.getByLabel('Postal code').fill('94102')
  await tab.getByRole('button', { name: 'Add' }).click()
  await tab.getByText('123 Main St, San Francisco (default)').waitFor()

  await tab.goto(shop)
  await tab.getByText('123 Main St, San Francisco (default)').waitFor()
  await tab.getByRole('button', { name: 'Log out' }).click()
  await register.waitFor()
  await tab.goto(link.href)
  await verify.getByLabel('Password').fill(password)
  await verify.getByRole('button').click()
  await tab
    .getByText('The link is invalid or has expired. Ask for a new one.', { exact: true })
    .waitFor()
  // A spent link leaves the way in.
  await verify.waitFor({ state: 'hidden' })
  expect(tab.url()).toBe(`${shop}/`)
  await register.getByLabel('E-mail').fill('nonsense')
  await register.getByLabel('Password').fill(password)
  await register.getByRole('button').click()
  await tab.getByText('E-mail: Must be an e-mail address.', { exact: true }).waitFor()
  await login.getByLabel('E-mail').fill(email)
  await login.getByLabel('Password').fill(password)
  await login.getByRole('button').click()
  await tab.getByText('123 Main St, San Francisco (default)').waitFor()
  expect(complaints).toEqual([])
})

test('a bundler builds the recipe as it is, with the installed package', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'customer-vite-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await buildSdk(join(folder, 'node_modules/@hanzo/commerce'))
  await writeFile(join(folder, 'index.html'), await snippet('docs/recipes.md', 'storefront-html'))
  await writeFile(join(folder, 'shop.js'), await snippet('docs/recipes.md', 'storefront'))
  await build({ root: folder, logLevel: 'error', build: { target: 'es2022' } })
  const page = await readFile(join(folder, 'dist/index.html'), 'utf8')
  const [, script = ''] = /<script type="module"[^>]* src="([^"]+)"/.exec(page) ?? []
  const built = await readFile(join(folder, 'dist', script), 'utf8')
  expect(built).toContain('/auth/verify-email')
  expect(built).not.toContain('@hanzo/commerce')
})
