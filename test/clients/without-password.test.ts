import { afterAll, beforeAll, expect, test } from 'vitest'
import { withAuthenticator } from './authenticator.ts'
import { codeMailedTo } from './mail.ts'
import { startOwnCheckout } from './own-checkout.ts'
import { openShop, shop } from './page.ts'
import type { Running } from './running.ts'

let service: Running
let pages: Awaited<ReturnType<typeof openShop>>
beforeAll(async () => {
  service = await startOwnCheckout((toml) =>
    toml.replace('[vars.tenants.demo]\n', '$&allow_code_registration = true\n'),
  )
  pages = await openShop(['storefront', 'code-page', 'passkey'], service.url)
})
afterAll(async () => {
  await pages?.close()
  await service?.stop()
})

test('a new address comes in by a code, makes a passkey, logs in with it and removes it', async () => {
  const email = `new${Date.now()}@example.com`
  const tab = await pages.visitor()
  const complaints: string[] = []
  tab.on('pageerror', (error) => complaints.push(error.message))
  const authenticator = await withAuthenticator(tab)
  const click = (name: string) => tab.getByRole('button', { name, exact: true }).click()
  const account = tab.locator('#account')

  await tab.goto(shop)
  await tab.getByLabel('Your e-mail').fill(email)
  await click('Mail me a code')
  await tab.getByText('Check your mail.').waitFor()
  const code = await codeMailedTo(email, service.output)
  await tab.getByLabel('Code', { exact: true }).fill(code === '000000' ? '000001' : '000000')
  await click('Use the code')
  await tab
    .locator('#said')
    .getByText('The e-mail address, the password, the code or the passkey is wrong.')
    .waitFor()
  await tab.reload()
  await tab.getByLabel('Code', { exact: true }).fill(code)
  await click('Use the code')
  await account.waitFor()

  await tab.getByLabel('Name of the passkey').fill('Laptop')
  await click('Make a passkey')
  const made = tab.getByText('Laptop, never used')
  const id = (await made.getAttribute('data-id')) ?? ''
  expect(await authenticator.credentials()).toMatchObject([{ rpId: 'localhost', userName: email }])

  await click('Log out')
  await account.waitFor({ state: 'hidden' })
  await tab.getByLabel('Code', { exact: true }).fill(code)
  await click('Use the code')
  await tab.locator('#said').getByText(/./).waitFor()
  await click('Log in with a passkey')
  await tab.getByText('Laptop, used').waitFor()

  await tab.getByLabel('Passkey to remove').fill(id)
  await click('Remove it')
  await tab.getByText('Laptop').waitFor({ state: 'detached' })
  await click('Log out')
  await account.waitFor({ state: 'hidden' })
  await click('Log in with a passkey')
  await tab
    .locator('#said')
    .getByText(/passkey/)
    .waitFor()
  expect(complaints).toEqual([])
})
