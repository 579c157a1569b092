import { expect } from 'vitest'
import { codePagesIn } from './code-page.ts'
import { codesIn } from './login-code.ts'
import type { startSocialApp } from './upstream.ts'

const NEW = 'another quiet river 43'

/** How the owner of an inbox comes to the account of its address, which somebody else may have made. */
export function ownersWays({
  app,
  page,
  prove,
}: Awaited<ReturnType<typeof startSocialApp>>): Readonly<
  Record<string, (email: string) => Promise<void>>
> {
  const codes = codesIn(app)
  const pages = codePagesIn(app)
  const post = async (path: string, body: object) => {
    const { status } = await app.call('POST', path, { token: await app.storefrontToken(), body })
    expect(status).toBeLessThan(300)
  }

  return {
    async 'by a code'(email) {
      expect((await codes.verify(await codes.codeFor(email))).status).toBe(200)
    },
    async 'by a code on the page'(email) {
      const { browser, page: screen, code } = await pages.atCode(email)
      expect((await browser.send(screen, { way: 'verify', code })).status).toBe(303)
    },
    async 'by a login elsewhere, which a code links'(email) {
      const identity = await prove(`owner of ${email}`)
      await page.link(identity, await page.codeFor(email))
    },
    async 'by a reset of the password'(email) {
      await pages.mails.all(email)
      await post('/auth/password/forgot', { email })
      const { token } = await pages.mails.next(email)
      await post('/auth/password/reset', { token, password: NEW })
    },
  }
}
