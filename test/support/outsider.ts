import type { Answer, TestApp } from './app.ts'
import { NEW } from './intention.ts'
import { openMails } from './mail.ts'
import { PASSWORD, type Shopper } from './shopper.ts'

export const home = { line1: 'Ring 1', city: 'Wien', postalCode: '1010', country: 'AT' }

/** A shopper who is logged in. */
export type Self = {
  readonly shopper: Shopper
  readonly token: string
  readonly refreshToken: string
  readonly sessionId: string
}

/** The answer, which is no refusal. */
export async function taken(answer: Promise<Answer>): Promise<Answer> {
  const { status, body, ...rest } = await answer
  if (status >= 300) throw new Error(`${status} ${body?.code}`)
  return { status, body, ...rest }
}

/** What shoppers and strangers do through a storefront. */
export function outsiderIn(app: TestApp) {
  const mails = openMails(app)
  const ask = async (path: string, body: unknown, token?: string) =>
    app.call('POST', path, { token: token ?? (await app.storefrontToken()), body })

  /** The token of the newest mail with one to an address. */
  const linkTo = async (email: string) =>
    (await mails.all(email)).findLast(({ token }) => token !== '')?.token

  /** A proven registration of an address that is free. */
  async function register(email: string, fields: object = {}): Promise<string> {
    await taken(ask('/customer', { email, password: PASSWORD, ...fields }))
    await taken(ask('/auth/verify-email', { token: await linkTo(email), password: PASSWORD }))
    return email
  }

  /** Logs in by the code of a mail. */
  async function logInByCode(email: string): Promise<void> {
    // Mails that are sent together come in any order.
    await mails.all(email)
    const { body } = await taken(ask('/auth/code', { email }))
    const { code } = await mails.next(email)
    await taken(ask('/auth/code/verify', { email, code, handle: body.handle }))
  }

  const addAddress = async (token: string, fields: object = {}): Promise<string> =>
    (await taken(ask('/customer/me/address', { ...home, ...fields }, token))).body.id

  /** Asks for an address of another domain. */
  async function askMove({ shopper, token }: Self) {
    const email = `${shopper.id}@staff.example`
    await taken(ask('/auth/email/change', { email, password: PASSWORD }, token))
    return linkTo(email)
  }
  async function move(self: Self) {
    await taken(ask('/auth/email/confirm', { token: await askMove(self), password: PASSWORD }))
  }
  async function reset({ shopper: { email } }: Self) {
    await taken(ask('/auth/password/forgot', { email }))
    await taken(ask('/auth/password/reset', { token: await linkTo(email), password: NEW }))
  }

  return { ask, linkTo, register, logInByCode, addAddress, askMove, move, reset }
}
