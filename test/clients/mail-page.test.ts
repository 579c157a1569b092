import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { Commerce } from '../../src/sdk/index.ts'
import { startBrowser } from './browser.ts'

const url = inject('url')

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

test('a new shopper finds the mail on a page that needs no script, and its link leads to the shop', async () => {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 360, height: 800 },
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (line) => complaints.push(line.text()))
  await page.goto(url)
  await page.getByRole('link', { name: 'Mails' }).click()
  await page.getByRole('heading', { name: 'Mails', exact: true }).waitFor()

  const email = 'reader@example.com'
  const shop = new Commerce({ baseUrl: url, clientId: 'storefront', clientSecret: 'storefront' })
  await shop.customers.create({ email, password: 'correct horse battery' })
  // The page asks again by itself.
  const mail = page.getByRole('article').filter({ hasText: email })
  await mail.getByRole('link').waitFor()
  const link = new URL((await mail.getByRole('link').getAttribute('href')) ?? '')
  expect(link.origin + link.pathname).toBe('http://localhost:3000/verify-email')

  const session = await shop.auth.verifyEmail({
    token: link.searchParams.get('token') ?? '',
    password: 'correct horse battery',
  })
  expect(session).toMatchObject({ customer: { email, emailVerified: true } })
  expect(complaints).toEqual([])
  expect(await page.title()).toMatch(/^Mails \(\d+\)/)
  await context.close()
})
