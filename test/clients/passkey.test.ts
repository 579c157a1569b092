import { afterAll, beforeAll, expect, test } from 'vitest'
import { withAuthenticator } from './authenticator.ts'
import { openShop, shop } from './page.ts'
import { makeShopper } from './shopper.ts'

let pages: Awaited<ReturnType<typeof openShop>>
beforeAll(async () => {
  pages = await openShop(['storefront', 'passkey'])
})
afterAll(() => pages.close())

test('in a browser, a page made from the recipes alone makes a passkey, logs in with it and removes it', async () => {
  const { email, password } = await makeShopper()
  const tab = await pages.visitor()
  const complaints: string[] = []
  tab.on('pageerror', (error) => complaints.push(error.message))
  const authenticator = await withAuthenticator(tab)
  const click = (name: string) => tab.getByRole('button', { name, exact: true }).click()

  await tab.goto(shop)
  const login = tab.locator('#login')
  await login.getByLabel('E-mail').fill(email)
  await login.getByLabel('Password').fill(password)
  await click('Log in')
  await tab.locator('#account').waitFor()

  await tab.getByLabel('Name of the passkey').fill('Telephone')
  await click('Make a passkey')
  await tab.getByText('Telephone, never used').waitFor()
  const [credential, ...others] = await authenticator.credentials()
  expect([credential?.rpId, credential?.userName, others]).toEqual(['localhost', email, []])
  await click('Make a passkey')
  await tab.getByText('This device has a passkey already.').waitFor()

  await click('Log out')
  await tab.locator('#login').waitFor()
  await authenticator.verifies(false)
  await click('Log in with a passkey')
  await authenticator.verifies(true)
  await click('Log in with a passkey')
  await tab.getByText('Telephone, used').waitFor()

  const id = (await tab.getByText('Telephone, used').getAttribute('data-id')) ?? ''
  await tab.getByLabel('Passkey to name').fill(id)
  await tab.getByLabel('New name').fill('Old telephone')
  await click('Name it')
  await tab.getByText('Old telephone, used').waitFor()
  await tab.getByLabel('Passkey to remove').fill(id)
  await click('Remove it')
  await tab.getByText('Old telephone').waitFor({ state: 'detached' })

  await click('Log out')
  await click('Log in with a passkey')
  await tab
    .locator('#said')
    .getByText(/passkey/)
    .waitFor()
  expect(complaints).toEqual([])
})
