import type { TestApp } from './app.ts'
import { browserAt, type Seen } from './login-page.ts'
import { openMails } from './mail.ts'

type Browser = ReturnType<typeof browserAt>

/** Has a code mailed from the first screen; the screen with its field. */
export const askForCode = (browser: Browser, page: Seen, email: string) =>
  browser.send(page, { way: 'code', email })

/** The login page of an app, as the owners of inboxes come to the screen that asks for a code. */
export function codePagesIn(app: TestApp) {
  const mails = openMails(app)
  const codeMailedTo = async (email: string) => (await mails.all(email)).at(-1)?.code ?? ''

  /** That screen, and the code of the mail. */
  async function atCode(email: string, browser: Browser = browserAt(app)) {
    await mails.all(email)
    const page = await askForCode(browser, await browser.open(), email)
    return { browser, page, email, code: await codeMailedTo(email) }
  }

  return { mails, codeMailedTo, atCode }
}
