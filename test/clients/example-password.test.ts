import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { click, fill, freshEmail, openExample, password, typeTwice } from './example.ts'

let example: Awaited<ReturnType<typeof openExample>>
beforeAll(async () => {
  example = await openExample()
})
afterAll(() => example?.close())
afterEach(() => expect(example.complaints.splice(0)).toEqual([]))

test('a forgotten password is set anew by the link of the mail', async () => {
  const { shop, visitor } = example
  const email = await example.shopper('forgot')
  const tab = await visitor()
  await tab.goto(`${shop}/login`)
  await tab.getByRole('link', { name: 'Forgot the password?' }).click()
  await fill(tab, { 'E-mail': email })
  await click(tab, 'Mail me a link')
  await tab.getByText('check your mail').waitFor()
  await example.openMail(tab, email, '/reset-password')
  await typeTwice(tab, 'another horse battery')
  await click(tab, 'Set the password')
  await tab.getByText('The password is set.').waitFor()
  await example.openMail(tab, email, '/reset-password')
  await typeTwice(tab, 'another horse battery')
  await click(tab, 'Set the password')
  await tab.getByText('This link has been used or is too old.').waitFor()
  await tab.getByRole('main').getByRole('link', { name: 'log in' }).click()
  await fill(tab, { 'E-mail': email, Password: 'another horse battery' })
  await click(tab, 'Log in')
  await tab.getByText(email).waitFor()
})

/** Somebody who has registered, with the link of the mail open. */
async function withLink(name: string) {
  const email = freshEmail(name)
  const tab = await example.visitor()
  await tab.goto(`${example.shop}/register`)
  await fill(tab, { 'E-mail': email, 'First name (optional)': 'Kim', Password: password })
  await click(tab, 'Register')
  await tab.getByText('Check your mail').waitFor()
  await example.openMail(tab, email, '/verify-email')
  return { email, tab }
}

/** What the fields of the passwords are to the browser. */
const kinds = (tab: Page) =>
  tab
    .locator('[name=password], [name=again]')
    .evaluateAll((inputs) => inputs.map((input) => input.getAttribute('type')))

test('a typo in the password does not confirm an address: nothing is sent until both fields agree', async () => {
  const { email, tab } = await withLink('typo')
  const sent: string[] = []
  tab.on('request', (request) => sent.push(new URL(request.url()).pathname))
  await typeTwice(tab, 'correct horse batery', password)
  await click(tab, 'Confirm')
  await tab.getByText('This is not the same password.').waitFor()
  const again = tab.getByLabel('Password again')
  expect(await again.getAttribute('aria-invalid')).toBe('true')
  expect(await tab.locator(':focus').getAttribute('name')).toBe('again')
  expect(sent).not.toContain('/auth/verify-email')
  await typeTwice(tab, password)
  await click(tab, 'Confirm')
  // The profile of the registration is there, so it was its password.
  await tab.getByText(`You are Kim, ${email}.`).waitFor()
  expect(sent).toContain('/auth/verify-email')
})

test('a shopper who forgot the password of the registration chooses a new one, and can read it', async () => {
  const { email, tab } = await withLink('new')
  const box = tab.getByLabel('Show what I type')
  await box.focus()
  await tab.keyboard.press('Space')
  expect(await kinds(tab)).toEqual(['text', 'text'])
  await typeTwice(tab, 'a new horse battery', 'a new horse')
  await click(tab, 'Confirm')
  await tab.getByText('This is not the same password.').waitFor()
  expect([await box.isChecked(), await kinds(tab)]).toEqual([false, ['password', 'password']])
  await typeTwice(tab, 'a new horse battery')
  await click(tab, 'Confirm')
  await tab.getByText(email).waitFor()
  await example.logOut(tab)
  await tab.goto(`${example.shop}/login`)
  await fill(tab, { 'E-mail': email, Password: 'a new horse battery' })
  await click(tab, 'Log in')
  await tab.getByText(email).waitFor()
})
