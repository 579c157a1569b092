import type { BrowserContextOptions, Page } from 'playwright-core'
import { findFreePort } from '../../dev/port.ts'
import { Commerce } from '../../src/sdk/index.ts'
import { until } from '../support/until.ts'
import { startBrowser } from './browser.ts'
import { codeMailedTo, linkMailedTo } from './mail.ts'
import { startOwnCheckout } from './own-checkout.ts'

export const password = 'correct horse battery'

/** The example storefront as `npm start` serves it, on a port of its own, and its visitors. */
export async function openExample() {
  const port = await findFreePort()
  const service = await startOwnCheckout((toml) => toml, port)
  const browser = await startBrowser()
  const shop = `http://localhost:${port}`
  const complaints: string[] = []
  const staff = new Commerce({ baseUrl: service.url, clientId: 'dev', clientSecret: 'dev' })
  const linkTo = (email: string) => linkMailedTo(email, service.output)
  return {
    shop,
    service,
    staff,
    /** What a page did wrong. */
    complaints,
    linkTo,
    codeTo: (email: string) => codeMailedTo(email, service.output),
    async visitor(options: BrowserContextOptions = {}): Promise<Page> {
      const context = await browser.newContext(options)
      context.on('weberror', (error) => complaints.push(error.error().message))
      context.on('console', (line) => {
        if (/Content.Security.Policy/.test(line.text())) complaints.push(line.text())
      })
      return context.newPage()
    },
    /** A shopper whose address is proven. */
    async shopper(name: string): Promise<string> {
      const email = freshEmail(name)
      await staff.customers.create({ email, password })
      const token = (await linkTo(email)).searchParams.get('token') ?? ''
      await staff.auth.verifyEmail({ token, password })
      return email
    },
    /** Opens the link of the latest mail to an address, once it is one to a path. */
    async openMail(tab: Page, email: string, path: string): Promise<void> {
      let href = ''
      await until(async () => {
        const link = await linkTo(email)
        href = link.href
        return link.pathname === path
      })
      await tab.goto(href)
    },
    async logIn(tab: Page, email: string): Promise<void> {
      await tab.goto(`${shop}/login`)
      await fill(tab, { 'E-mail': email, Password: password })
      await click(tab, 'Log in')
      await tab.getByRole('heading', { name: 'Your account' }).waitFor()
    },
    async logOut(tab: Page): Promise<void> {
      await click(tab, 'Log out')
      await tab.getByRole('heading', { name: 'One good mug' }).waitFor()
    },
    async close() {
      await browser.close()
      await service.stop()
    },
  }
}

let made = 0
export const freshEmail = (name: string): string => `${name}${Date.now()}-${++made}@example.com`

export const click = (tab: Page, name: string): Promise<void> =>
  tab.getByRole('button', { name, exact: true }).click()

/** Types a new password, where it is asked for twice. */
export const typeTwice = (tab: Page, one: string, other = one): Promise<void> =>
  fill(tab, { Password: one, 'Password again': other })

/** Fills fields by their labels. */
export async function fill(tab: Page, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(values)) {
    await tab.getByLabel(label, { exact: true }).fill(value)
  }
}
