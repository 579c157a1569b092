import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { withAuthenticator } from './authenticator.ts'
import { click, fill, freshEmail, openExample, password, typeTwice } from './example.ts'

let example: Awaited<ReturnType<typeof openExample>>
beforeAll(async () => {
  example = await openExample()
})
afterAll(() => example?.close())
afterEach(() => expect(example.complaints.splice(0)).toEqual([]))

const street = { Street: '123 Main St', City: 'San Francisco', State: 'CA' }

test('a shopper registers, verifies, logs in by password, keeps addresses and logs out', async () => {
  const { shop, visitor, linkTo } = example
  const email = freshEmail('shopper')
  const tab = await visitor()
  await tab.goto(shop)
  await tab.getByRole('link', { name: 'Register' }).click()
  await fill(tab, { 'E-mail': email, 'First name (optional)': 'Kim', Password: 'short' })
  await click(tab, 'Register')
  await tab.getByText('Check the marked fields.').waitFor()
  expect(await tab.getByLabel('Password').getAttribute('aria-invalid')).toBe('true')
  await fill(tab, { Password: password })
  await click(tab, 'Register')
  await tab.getByText('Check your mail. Open its link in this browser').waitFor()
  expect(await tab.getByLabel('Password').count()).toBe(0)

  await tab.goto(`${shop}/login`)
  await fill(tab, { 'E-mail': email, Password: password })
  await click(tab, 'Log in')
  await tab.getByText('This address is not confirmed yet.').waitFor()
  await tab.getByRole('button', { name: 'Send the mail again' }).waitFor()

  const link = await linkTo(email)
  expect(link.origin + link.pathname).toBe(`${shop}/verify-email`)
  await tab.goto(link.href)
  await typeTwice(tab, password)
  await click(tab, 'Confirm')
  await tab.getByText(`You are Kim, ${email}.`).waitFor()
  await example.logOut(tab)

  await example.logIn(tab, email)
  await fill(tab, { ...street, 'Postal code': 'nonsense' })
  await click(tab, 'Add the address')
  await tab.getByText('Postal code must be a postal code of US.').waitFor()
  await fill(tab, { State: '', 'Postal code': '94102' })
  await click(tab, 'Add the address')
  await tab.getByText('State is required for US addresses.').waitFor()
  await fill(tab, { State: 'CA' })
  await click(tab, 'Add the address')
  await tab.getByText('123 Main St, San Francisco (default)').waitFor()
  // The form is empty for the next address.
  await tab.getByText('123 Main St is added.').waitFor()
  for (const label of Object.keys(street)) expect(await tab.getByLabel(label).inputValue()).toBe('')
  await fill(tab, { ...street, Street: '9 Pine St', 'Postal code': '94102' })
  await click(tab, 'Add the address')
  await click(tab, 'Make default: 9 Pine St')
  await tab.getByText('9 Pine St, San Francisco (default)').waitFor()
  await click(tab, 'Remove 123 Main St')
  await tab.getByText('123 Main St is removed.').waitFor()
  await tab.getByRole('listitem').filter({ hasText: '123 Main St' }).waitFor({ state: 'detached' })
  await example.logOut(tab)
})

test('a shopper logs in by a code, after a wrong one', async () => {
  const { shop, visitor, codeTo } = example
  const email = await example.shopper('code')
  const tab = await visitor()
  await tab.goto(`${shop}/login`)
  await fill(tab, { 'Your e-mail': email })
  await click(tab, 'Mail me a code')
  const code = await codeTo(email)
  await fill(tab, { Code: 'abc' })
  await click(tab, 'Use the code')
  expect(await tab.locator('[name=code]:invalid').count()).toBe(1)
  await fill(tab, { Code: code === '000000' ? '000001' : '000000' })
  await click(tab, 'Use the code')
  await tab.getByText('That code is wrong or no longer valid.').waitFor()
  await tab.getByRole('button', { name: 'Mail me a new code' }).waitFor()
  await tab.reload()
  await tab.getByText(`For ${email}:`).waitFor()
  await fill(tab, { Code: code })
  await click(tab, 'Use the code')
  await tab.getByText(email).waitFor()
})

test('a shopper makes a passkey, logs in with it, and removes it; an old session is asked for a proof', async () => {
  const { shop, visitor, staff } = example
  const email = await example.shopper('key')
  const tab = await visitor()
  const authenticator = await withAuthenticator(tab)
  await example.logIn(tab, email)
  await fill(tab, { 'Name of this device': 'Laptop' })
  await click(tab, 'Make a passkey')
  await tab.getByText('The passkey Laptop is made.').waitFor()
  await fill(tab, { 'Name of this device': 'Laptop' })
  await click(tab, 'Make a passkey')
  await tab.getByText('This device has a passkey of this account already.').waitFor()
  await example.logOut(tab)
  await tab.goto(`${shop}/login`)
  await click(tab, 'Log in with a passkey')
  await tab.getByText('Laptop, used').waitFor()

  const [customer] = (await staff.customers.list({ email })).data
  const session = await staff.customers.openSession(customer?.id ?? '', {})
  await tab.evaluate(
    (text) => localStorage.setItem('commerce.session', text),
    JSON.stringify(session),
  )
  await tab.reload()
  await click(tab, 'Remove Laptop')
  await tab.getByRole('dialog').waitFor()
  await click(tab, 'Cancel')
  await tab.getByText('Nothing was changed.').waitFor()
  await click(tab, 'Remove Laptop')
  await tab.getByRole('dialog').getByLabel('Password').fill(password)
  await click(tab, 'Use the password')
  await tab.getByText('The passkey Laptop is removed.').waitFor()
  await tab.getByRole('listitem').filter({ hasText: 'Laptop' }).waitFor({ state: 'detached' })
  expect(await authenticator.credentials()).toHaveLength(1)

  await example.logOut(tab)
  await tab.goto(`${shop}/login`)
  await click(tab, 'Log in with a passkey')
  await tab.getByText('The shop does not know this passkey.').waitFor()
})

test('a shopper logs in on the page of the service, or cancels there', async () => {
  const { shop, visitor } = example
  const email = await example.shopper('hosted')
  const tab = await visitor({ locale: 'en-US' })
  await tab.goto(`${shop}/login`)
  await click(tab, 'Go to the login page')
  await click(tab, 'Cancel')
  await tab.getByText('You did not log in.').waitFor()
  await tab.getByRole('main').getByRole('link', { name: 'Log in' }).click()
  await click(tab, 'Go to the login page')
  await tab.getByLabel('E-mail address').fill(email)
  await tab.getByLabel('Password').fill(password)
  await click(tab, 'Log in')
  await tab.getByText(email).waitFor()
  expect(tab.url()).toBe(`${shop}/account`)
  // The spent code is no place to go back to.
  await tab.goBack()
  expect(tab.url()).not.toContain('/callback')
  await tab.goto(`${shop}/callback`)
  await tab.waitForURL(`${shop}/account`)
})

test('a guest orders, registers and verifies: the order and the address are in the account', async () => {
  const { shop, visitor, linkTo } = example
  const email = freshEmail('guest')
  const tab = await visitor()
  await tab.goto(shop)
  await tab.getByRole('link', { name: 'Buy', exact: true }).click()
  const person = { 'E-mail': email, 'First name': 'Kim', 'Last name': 'Doe' }
  await fill(tab, { ...person, ...street, 'Postal code': '94102' })
  await click(tab, 'Order as a guest')
  const placed = await tab.getByText(/^Order demo-\S+ is placed/).textContent()
  const [, order = ''] = /^Order (\S+)/.exec(placed ?? '') ?? []

  expect(await tab.getByLabel('Street').count()).toBe(0)
  await tab.getByRole('link', { name: 'create an account' }).click()
  expect(await tab.getByLabel('E-mail').inputValue()).toBe(email)
  await fill(tab, { Password: password })
  await click(tab, 'Register')
  await tab.getByText('Check your mail').waitFor()
  await tab.goto((await linkTo(email)).href)
  await typeTwice(tab, password)
  await click(tab, 'Confirm')
  await tab.getByText(email).waitFor()
  // The page is not loaded again.
  await tab.getByText(order).waitFor()
  // What a stranger may have typed at a checkout becomes no default by itself.
  await tab.getByText('No address is the default yet').waitFor()
  await click(tab, 'Make default: 123 Main St')
  await tab.getByText('123 Main St, San Francisco (default)').waitFor()

  await tab.goto(`${shop}/checkout`)
  await click(tab, 'Order')
  await tab.getByText(/^Order demo-\S+ is placed\./).waitFor()
  await tab.goto(`${shop}/account`)
  await tab
    .getByText(/^demo-\S+, \$25\.00/)
    .nth(1)
    .waitFor()
})

test('two tabs share one login: it is renewed once, and a log out in one shows in the other', async () => {
  const { shop, visitor } = example
  const email = await example.shopper('tabs')
  const first = await visitor()
  const renewals: string[] = []
  first.context().on('request', (sent) => {
    if (sent.url().endsWith('/auth/refresh')) renewals.push(sent.postData() ?? '')
  })
  await example.logIn(first, email)
  const second = await first.context().newPage()
  await second.goto(`${shop}/account`)
  await second.getByText(email).waitFor()
  // The access token is void, as after fifteen minutes.
  await first.evaluate(() => {
    const session = JSON.parse(localStorage.getItem('commerce.session') ?? '{}')
    localStorage.setItem('commerce.session', JSON.stringify({ ...session, accessToken: 'void' }))
  })
  await Promise.all([first.reload(), second.reload()])
  for (const tab of [first, second]) await tab.getByText(email).waitFor()
  // The lock of the tabs may be free before the browser has shown the other one what was stored. Then both send the same token, and get the same one.
  expect(new Set(renewals).size).toBe(1)

  await click(first, 'Log out')
  await second.getByText('You are not logged in.').waitFor()
  await second.getByRole('link', { name: 'Register' }).waitFor()
  await example.logIn(second, email)
  await first.getByRole('button', { name: 'Log out' }).waitFor()
})
