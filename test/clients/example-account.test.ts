import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { until } from '../support/until.ts'
import { withAuthenticator } from './authenticator.ts'
import { click, fill, openExample, password } from './example.ts'

let example: Awaited<ReturnType<typeof openExample>>
beforeAll(async () => {
  example = await openExample()
})
afterAll(() => example?.close())
afterEach(() => expect(example.complaints.splice(0)).toEqual([]))

/** A shopper who has just logged in. */
async function loggedIn(name: string) {
  const email = await example.shopper(name)
  const tab = await example.visitor({ locale: 'en-US' })
  await example.logIn(tab, email)
  return { email, tab }
}

const said = (tab: Page, words: string) =>
  tab.getByRole('status').getByText(words, { exact: true }).waitFor()

/** What has the focus, by its first words. */
const focused = (tab: Page) =>
  tab.evaluate<string>(
    "document.activeElement === document.body ? 'nothing' : document.activeElement.textContent",
  )

async function add(tab: Page, line1: string) {
  const rest = { City: 'Reno', State: 'NV', 'Postal code': '89501' }
  await fill(tab, { Street: line1, ...rest })
  await click(tab, 'Add the address')
  await said(tab, `${line1} is added.`)
}

test('each action on an address says what it did, and keeps the focus near', async () => {
  const { tab } = await loggedIn('lists')
  await add(tab, '1 Elm St')
  await add(tab, '2 Oak St')
  await click(tab, 'Make default: 2 Oak St')
  await said(tab, '2 Oak St is the default now.')
  expect(await focused(tab)).toContain('2 Oak St, Reno (default)')

  await click(tab, 'Change 1 Elm St')
  const dialog = tab.getByRole('dialog')
  expect(await dialog.getByLabel('City').inputValue()).toBe('Reno')
  await dialog.getByLabel('Street').fill('11 Elm St')
  await dialog.getByLabel('Postal code').fill('nonsense')
  await click(tab, 'Save the address')
  await dialog.getByText('Postal code must be a postal code of US.').waitFor()
  await dialog.getByLabel('Postal code').fill('89501')
  await click(tab, 'Save the address')
  await said(tab, '11 Elm St is saved.')
  expect(await focused(tab)).toContain('11 Elm St, Reno')

  await click(tab, 'Remove 11 Elm St')
  await said(tab, '11 Elm St is removed.')
  expect(await focused(tab)).toBe('Addresses')
  await click(tab, 'Subscribe')
  await tab.getByRole('status').getByText('We have sent you a mail.').waitFor()
  expect(await focused(tab)).toContain('We have sent you a mail.')
})

test('a removed passkey is said, and the focus goes to the heading', async () => {
  const { tab } = await loggedIn('keys')
  await withAuthenticator(tab)
  await fill(tab, { 'Name of this device': 'Laptop' })
  await click(tab, 'Make a passkey')
  await said(tab, 'The passkey Laptop is made.')
  await click(tab, 'Remove Laptop')
  await said(tab, 'The passkey Laptop is removed.')
  expect(await focused(tab)).toBe('Passkeys')
})

test('an own address is no arrival, also if the page looks while it is added', async () => {
  const { tab } = await loggedIn('own')
  // The service has the address already, and its answer takes longer than the look.
  await tab.route('**/customer/me/address', async (route) => {
    const response = await route.fetch()
    if (route.request().method() === 'POST') {
      await tab.getByRole('button', { name: 'Look again for orders' }).click()
      await new Promise((resolve) => setTimeout(resolve, 1500))
    }
    await route.fulfill({ response })
  })
  await add(tab, '1 Elm St')
  await said(tab, 'Nothing new.')
  await click(tab, 'Look again for orders')
  await said(tab, 'Nothing new.')
  expect(await tab.getByText('New here').count()).toBe(0)
})

test('the name and the password are changed, and another device is logged out', async () => {
  const { email, tab } = await loggedIn('profile')
  const other = await example.visitor()
  await example.logIn(other, email)
  await fill(tab, { 'First name': 'Kim' })
  await click(tab, 'Save the name')
  await said(tab, 'The name is saved.')
  await tab.getByText(`You are Kim, ${email}.`).waitFor()
  await fill(tab, { 'First name': '' })
  await click(tab, 'Save the name')
  await tab.getByText(`You are logged in as ${email}.`).waitFor()

  await tab.reload()
  await tab.getByRole('button', { name: /^Log out Chrome, since / }).click()
  await said(tab, 'That device is logged out.')
  expect(await focused(tab)).toBe('Devices')
  await other.reload()
  await other.getByText(/You were logged out|You are not logged in/).waitFor()

  const next = 'another horse battery'
  await tab.getByLabel('New password', { exact: true }).fill(next)
  await tab.getByLabel('New password again').fill(password)
  await click(tab, 'Change password')
  await tab.getByText('This is not the same password.').waitFor()
  await tab.getByLabel('New password', { exact: true }).fill(next)
  await tab.getByLabel('New password again').fill(next)
  await click(tab, 'Change password')
  await said(tab, 'The password is changed.')
  await other.goto(`${example.shop}/login`)
  await fill(other, { 'E-mail': email, Password: next })
  await click(other, 'Log in')
  await other.getByRole('heading', { name: 'Your account' }).waitFor()
})

test('a button that waits shows it, and so does a page', async () => {
  const email = await example.shopper('waits')
  const tab = await example.visitor({ viewport: { width: 360, height: 740 } })
  let open = () => {}
  const gate = new Promise<void>((resolve) => {
    open = resolve
  })
  await tab.route('**/auth/{login,me}', async (route) => {
    await gate
    await route.continue()
  })
  await tab.goto(`${example.shop}/login`)
  await fill(tab, { 'E-mail': email, Password: password })
  const button = tab.getByRole('button', { name: 'Log in', exact: true })
  const width = (await button.boundingBox())?.width ?? 0
  await button.click()
  await until(async () => (await button.getAttribute('aria-busy')) === 'true')
  expect((await button.boundingBox())?.width).toBeGreaterThan(width)
  open()
  await tab.getByRole('heading', { name: 'Your account' }).waitFor()

  let finish = () => {}
  const later = new Promise<void>((resolve) => {
    finish = resolve
  })
  await tab.unroute('**/auth/{login,me}')
  await tab.route('**/auth/me', async (route) => {
    await later
    await route.continue()
  })
  await tab.reload()
  await said(tab, 'One moment…')
  finish()
  await tab.getByRole('heading', { name: 'Your account' }).waitFor()
  expect(await tab.getByText('One moment…').count()).toBe(0)
})

test.each(['login', 'register'])('who is logged in needs no /%s', async (path) => {
  const { tab } = await loggedIn('already')
  await tab.goto(`${example.shop}/${path}`)
  await tab.getByText('You are logged in.').waitFor()
  expect(await tab.locator('form').count()).toBe(0)
  await tab.getByRole('link', { name: 'Go to your account' }).click()
  await tab.getByRole('heading', { name: 'Your account' }).waitFor()
})
