import { type CheckedLogin, letIn } from '#core/account'
import type { Context } from '#core/context'
import { refuseElsewhere } from '#core/identity'
import { Refusal } from '#kernel/error'
import { codeTarget } from './answer.ts'
import { newCode } from './new-code.ts'
import type { AuthorizationRequest } from './request.ts'

/**
 * Lets a shopper in whose login was checked on the page, and gives the client a code for it. Answers with the URL that brings the code there.
 * Refuses `invalid_credentials` if the password was changed or the account was closed meanwhile, and `identity_elsewhere`.
 * @param issuer of the code.
 */
export async function giveCode(
  ctx: Context,
  issuer: string,
  request: AuthorizationRequest,
  login: CheckedLogin,
): Promise<string> {
  refuseElsewhere(ctx)
  const { code, stored } = newCode(ctx, request, login)
  const done = await letIn(ctx, login, { stored })
  if (done.stored.length === 0) throw new Refusal('invalid_credentials')
  return codeTarget(issuer, request, code)
}
