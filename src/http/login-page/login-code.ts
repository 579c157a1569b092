import type { CheckedLogin } from '#core/account'
import type { OpenLoginPage } from '#core/authorization'
import type { Context } from '#core/context'
import { proveCode, RequestCode, requestCode } from '#core/login-code'
import { Refusal } from '#kernel/error'

type Fields = { readonly email?: string | undefined; readonly code?: string | undefined }

/**
 * Mails a code, and another one if the page has asked for one already. Returns the next state of the page. Refuses `invalid_input` for what
 * is no address, and as `POST /auth/code` does.
 */
export async function mailLoginCode(
  ctx: Context,
  page: OpenLoginPage,
  { email = page.code?.email }: Fields,
): Promise<OpenLoginPage> {
  const { data: asked } = RequestCode.safeParse({ email, handle: page.code?.handle })
  if (asked === undefined) throw new Refusal('invalid_input')
  const { handle } = await requestCode(ctx, asked)
  return { ...page, code: { email: asked.email, handle } }
}

/** A login by the code of a mail. Refuses as `POST /auth/code/verify` does. */
export async function checkCodeLogin(
  ctx: Context,
  { code: asked }: OpenLoginPage,
  { code = '' }: Fields,
): Promise<CheckedLogin> {
  if (asked === null) throw new Refusal('invalid_request')
  const { customerId, proof } = await proveCode(ctx, { ...asked, code })
  return { customerId, passwordHash: null, entry: { by: 'code' }, before: proof, after: {} }
}
