import { type CheckedLogin, commitLogin } from '#core/account'
import type { Context } from '#core/context'
import { mustUseEmbeddedAccounts } from '#core/identity'
import { Refusal } from '#kernel/error'
import { newCodeAndStoringCall } from './new-code-and-storing-call.ts'
import type { AuthorizationRequest } from './request.ts'
import { codeResponseUrl } from './response-url.ts'

/**
 * Lets a shopper in whose login was checked on the page, and gives the client a code for it. Answers with the URL that brings the code there.
 * Refuses `invalid_credentials` if the password was changed or the account was closed meanwhile, and `identity_elsewhere`.
 * @param issuer of the code.
 */
export async function finishPageLogin(
  ctx: Context,
  issuer: string,
  request: AuthorizationRequest,
  login: CheckedLogin,
): Promise<string> {
  mustUseEmbeddedAccounts(ctx)
  const { code, stored } = newCodeAndStoringCall(ctx, request, login)
  const done = await commitLogin(ctx, login, { stored })
  if (done.stored.length === 0) throw new Refusal('invalid_credentials')
  return codeResponseUrl(issuer, request, code)
}
