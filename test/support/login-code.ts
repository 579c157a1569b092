import type { TestApp } from './app.ts'
import { openMails } from './mail.ts'

type Typed = { readonly email: string; readonly code: string; readonly handle: string }

/** Codes of mails, as a storefront asks for them. */
export function codesIn(app: TestApp) {
  const mails = openMails(app)
  const post = async (path: string, body: object, place?: string) =>
    app.call('POST', path, {
      token: await app.storefrontToken(),
      body,
      ...(place === undefined ? {} : { headers: { 'CF-Connecting-IP': place } }),
    })

  /** Asks for a code; answers with the handle. */
  async function request(email: string, handle?: string, place?: string) {
    const { status, body } = await post('/auth/code', { email, handle }, place)
    if (status !== 202) throw new Error(`a request for a code answered ${status} ${body?.code}`)
    return { handle: body.handle as string }
  }

  /** What the owner of an inbox types after a request. */
  async function codeFor(email: string, earlier?: string): Promise<Typed> {
    const { handle, code } = await mailFor(email, earlier)
    return { email, handle, code }
  }

  /** The mail that comes of a request. */
  async function mailFor(email: string, earlier?: string) {
    await mails.all(email)
    const { handle } = await request(email, earlier)
    return { ...(await mails.next(email)), handle }
  }

  return {
    mails,
    request,
    codeFor,
    mailFor,
    verify: ({ email, code, handle }: Typed, place?: string) =>
      post('/auth/code/verify', { email, code, handle }, place),
  }
}
