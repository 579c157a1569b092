import { readFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { mailPaths } from '../../src/core/context/mail-path.ts'
import { until } from '../support/until.ts'
import { click, fill, freshEmail, openExample, password, typeTwice } from './example.ts'

let example: Awaited<ReturnType<typeof openExample>>
beforeAll(async () => {
  example = await openExample()
})
afterAll(() => example?.close())
afterEach(() => expect(example.complaints.splice(0)).toEqual([]))

test('an address is changed and confirmed, and the old one takes the account back', async () => {
  const email = await example.shopper('moves')
  const moved = freshEmail('moved')
  const tab = await example.visitor()
  await example.logIn(tab, email)
  await fill(tab, { 'New e-mail address': email.toUpperCase() })
  await click(tab, 'Change e-mail address')
  await tab.getByText('That is your address already.').waitFor()
  await fill(tab, { 'New e-mail address': moved })
  await click(tab, 'Change e-mail address')
  await tab.getByText('Check the mail of the new address.').waitFor()
  const elsewhere = await example.visitor()
  await example.openMail(elsewhere, moved, '/confirm-email')
  await fill(elsewhere, { Password: password })
  await click(elsewhere, 'Confirm')
  await elsewhere.getByText(moved).waitFor()
  await tab.reload()
  // The page may have looked before the reload, and then it has told it already.
  await tab.getByText(/You were logged out\.|You are not logged in\./).waitFor()

  await example.openMail(tab, email, '/undo-email')
  await click(tab, 'Undo the change')
  await tab.getByText('Your address is back.').waitFor()
  await example.openMail(tab, email, '/reset-password')
  await typeTwice(tab, password)
  await click(tab, 'Set the password')
  await tab.getByText('The password is set.').waitFor()
  await example.logIn(tab, email)
})

test('news are asked for in the account, confirmed by the link, and ended', async () => {
  const email = await example.shopper('news')
  const tab = await example.visitor()
  await example.logIn(tab, email)
  await click(tab, 'Subscribe')
  await tab.getByText('We have sent you a mail. Open its link').waitFor()
  await example.openMail(tab, email, '/confirm-consent')
  await click(tab, 'Subscribe')
  await tab.getByText('Thank you.').waitFor()
  await tab.goto(`${example.shop}/account`)
  await tab.getByText('You receive our newsletter.').waitFor()
  await click(tab, 'Unsubscribe')
  await tab.getByText('You do not receive our newsletter.').waitFor()
})

test('the mail with a link in place of a code logs in, in the browser that asked for it', async () => {
  const { shop, service } = example
  const email = await example.shopper('link')
  const tab = await example.visitor()
  await tab.goto(`${shop}/login?token=nothing`)
  await tab.getByText('Open the link in the browser in which you asked for it.').waitFor()
  // An address has five live codes; the next mail has a link.
  for (let n = 0; n < 5; n++) await askForCode(service.url, email)
  // Mails overtake each other. All are there before the one with a link is asked for: the first one of the address, and the codes.
  await until(async () => (await readFile(service.output, 'utf8')).split(`To: ${email}`).length > 6)
  await tab.goto(`${shop}/login`)
  await fill(tab, { 'Your e-mail': email })
  await click(tab, 'Mail me a code')
  await tab.getByText('check your mail').waitFor()
  await example.openMail(tab, email, '/login')
  await click(tab, 'Log in')
  await tab.getByText(email).waitFor()
})

/** Asks as a server that names another place each time. */
let place = 0
async function askForCode(url: string, email: string): Promise<void> {
  const answer = await fetch(`${url}/auth/code`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${example.service.token}`,
      'Content-Type': 'application/json',
      'X-Caller-Address': `203.0.113.${++place}`,
    },
    body: JSON.stringify({ email }),
  })
  expect(answer.status).toBe(202)
}

test('every path of a mail is a page with a form that says in plain words when its link is spent', async () => {
  const tab = await example.visitor()
  const paths = Object.values(mailPaths).map((setting) => setting.parse(undefined))
  await tab.goto(example.shop)
  await tab.evaluate(() => localStorage.setItem('asked', '{"email":"a@example.com","handle":"x"}'))
  for (const path of paths) {
    await tab.goto(`${example.shop}${path}?token=${'x'.repeat(32)}`)
    await tab.getByRole('heading', { level: 1 }).waitFor()
    for (const field of await tab.getByLabel(/password/i).all()) await field.fill(password)
    await tab.locator('main form button').click()
    await tab.getByText(/This link has been used or is too old/).waitFor()
  }
  await tab.goto(`${example.shop}/nowhere`)
  await tab.getByRole('heading', { name: 'There is no such page' }).waitFor()
})
