import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { until } from '../support/until.ts'
import { click, openExample } from './example.ts'

let example: Awaited<ReturnType<typeof openExample>>
beforeAll(async () => {
  example = await openExample()
})
afterAll(() => example?.close())
afterEach(() => expect(example.complaints.splice(0)).toEqual([]))

/** A shopper with an address who has just logged in, in a page whose clock is moved by hand. */
async function loggedIn(name: string) {
  const { staff, visitor, shop } = example
  const email = await example.shopper(name)
  const [customer] = (await staff.customers.list({ email })).data
  const id = customer?.id ?? ''
  await staff.customers.addAddress(id, { line1: '1 Old St', country: 'US', imported: true })
  const tab = await visitor()
  const asked: string[] = []
  const answered: string[] = []
  tab.on('request', (request) => asked.push(new URL(request.url()).pathname))
  const end = (request: { url(): string }) => answered.push(new URL(request.url()).pathname)
  tab.on('requestfinished', end)
  tab.on('requestfailed', end)
  await tab.clock.install()
  await tab.goto(shop)
  await tab.clock.pauseAt(Date.now() + 60_000)
  await example.logIn(tab, email)
  await tab.getByText('1 Old St').waitFor()
  const looks = () => answered.filter((path) => path === '/customer/me/address').length
  // While an answer is on its way, no time goes by that it could take too long.
  const isQuiet = () => asked.length === answered.length
  return { id, tab, looks, isQuiet }
}

/** In the place of a merge: an order and an address come to the account. */
async function arrive(id: string, orderId: string) {
  const { customers } = example.staff
  await customers.addAddress(id, { line1: `${orderId} Main St`, country: 'US', imported: true })
  await customers.recordOrder(id, orderId, {
    ...{ total: 2500, currency: 'USD', state: 'paid', version: 1 },
    placedAt: new Date().toISOString(),
  })
}

const said = (tab: Page, words: string) => tab.getByRole('status').getByText(words).waitFor()

test('what reaches the account after a login is shown and said, without a reload, and moves neither the focus nor the other column', async () => {
  const { id, tab } = await loggedIn('arrival')
  await tab.getByText('No order yet.').waitFor()
  const passkeys = () => tab.getByRole('heading', { name: 'Passkeys' }).boundingBox()
  const before = await passkeys()
  await tab.getByRole('button', { name: 'Remove 1 Old St' }).focus()
  await arrive(id, '1001')
  await tab.clock.runFor(1000)
  await said(tab, 'New here: 1 order, 1 address.')
  await tab.getByText(/^1001, \$25\.00/).waitFor()
  await tab.getByText('1001 Main St').waitFor()
  expect(await tab.locator(':focus').getAttribute('aria-label')).toBe('Remove 1 Old St')
  expect(await passkeys()).toEqual(before)
})

test('the page looks six times after a login, and then at the button', async () => {
  const { id, tab, looks, isQuiet } = await loggedIn('looks-on')
  await until(async () => {
    if (isQuiet()) await tab.clock.runFor(1000)
    return looks() === 7
  })
  await tab.clock.runFor(3_600_000)
  await tab.reload()
  await tab.getByText('1 Old St').waitFor()
  await tab.clock.runFor(3_600_000)
  await click(tab, 'Look again for orders')
  await said(tab, 'Nothing new.')
  expect(looks()).toBe(9)
  await arrive(id, '1002')
  await click(tab, 'Look again for orders')
  await said(tab, 'New here: 1 order, 1 address.')
})
