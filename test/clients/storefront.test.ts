import { afterAll, beforeAll, expect, test } from 'vitest'
import { linkMailedTo } from './mail.ts'
import { openShop, shop } from './page.ts'

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
