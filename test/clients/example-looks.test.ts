import axe, { type AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { click, fill, openExample, password } from './example.ts'

let example: Awaited<ReturnType<typeof openExample>>
beforeAll(async () => {
  example = await openExample()
})
afterAll(() => example?.close())
afterEach(() => expect(example.complaints.splice(0)).toEqual([]))

/** What axe finds, and whether a part of the page is out of sight. */
async function faultsOf(tab: Page): Promise<unknown[]> {
  await tab.getByRole('heading', { level: 1 }).waitFor()
  await tab.evaluate(axe.source)
  const { violations } = await tab.evaluate<AxeResults>('axe.run()')
  const isWide = await tab.evaluate<boolean>(
    'document.documentElement.scrollWidth > document.documentElement.clientWidth',
  )
  const found = violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])
  return isWide ? [...found, 'wider than the window'] : found
}

const paths = [
  '',
  'checkout',
  'register',
  'login',
  'forgot-password',
  'account',
  'callback',
  'nowhere',
]
const linked = ['verify-email', 'reset-password', 'confirm-email', 'undo-email', 'confirm-consent']

// A colour does not depend on the width.
test.each([
  { width: 360, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
] as const)('axe finds nothing at $width pixels, $colorScheme', async ({ width, colorScheme }) => {
  const { shop, staff } = example
  const viewport = { width, height: 740 }
  const tab = await example.visitor({ colorScheme, viewport, bypassCSP: true })
  for (const path of [...paths, ...linked.map((path) => `${path}?token=x`)]) {
    await tab.goto(`${shop}/${path}`)
    expect([path, await faultsOf(tab)]).toEqual([path, []])
  }
  await tab.goto(`${shop}/register`)
  await fill(tab, { 'E-mail': 'kim@example.com', Password: 'short' })
  await click(tab, 'Register')
  await tab.getByText('Check the marked fields.').waitFor()
  expect(await faultsOf(tab)).toEqual([])

  const email = await example.shopper('looks')
  const [customer] = (await staff.customers.list({ email })).data
  const id = customer?.id ?? ''
  for (const line1 of ['123 Main St', '9 Pine St']) {
    await staff.customers.addAddress(id, { line1, country: 'US', imported: true })
  }
  await staff.customers.addToGroup(id, 'vip')
  await example.logIn(tab, email)
  expect(await faultsOf(tab)).toEqual([])
  await tab.goto(`${shop}/checkout`)
  expect(await faultsOf(tab)).toEqual([])

  // A session that a service has opened is no proof.
  const session = JSON.stringify(await staff.customers.openSession(id, {}))
  await tab.evaluate((text) => localStorage.setItem('commerce.session', text), session)
  await tab.goto(`${shop}/account`)
  await fill(tab, { 'Name of this device': 'Laptop' })
  await click(tab, 'Make a passkey')
  await tab.getByRole('dialog').getByLabel('Password').fill(`not ${password}`)
  await click(tab, 'Use the password')
  await tab.getByText('The password is wrong.').waitFor()
  expect(await faultsOf(tab)).toEqual([])
})

test('the page can be used by the keyboard alone: the first stop skips the header', async () => {
  const tab = await example.visitor()
  await tab.goto(`${example.shop}/login`)
  await tab.getByRole('heading', { level: 1 }).waitFor()
  await tab.keyboard.press('Tab')
  await tab.keyboard.press('Enter')
  await tab.keyboard.press('Tab')
  expect(await tab.evaluate("document.activeElement?.getAttribute('name')")).toBe('email')
})
