import { type CheckedLogin, letIn } from '#core/account'
import type { Context } from '#core/context'
import { loginStatuses } from '#core/session'
import { Refusal } from '#kernel/error'
import { codeTarget } from './answer.ts'
import { codeHash, makeCode } from './code.ts'
import * as query from './generated/query.ts'
import type { AuthorizationRequest } from './request.ts'

/** A client exchanges its code at once; a code that it does not is of use to somebody else only. */
const LIVES_MS = 60_000

/**
 * Lets a shopper in whose login was checked on the page, and gives the client a code for it. Answers with the URL that brings the code there.
 * Refuses `invalid_credentials` if the password was changed or the account was closed meanwhile.
 * @param issuer of the code.
 */
export async function giveCode(
  ctx: Context,
  issuer: string,
  request: AuthorizationRequest,
  login: CheckedLogin,
): Promise<string> {
  const { client, redirectUri, challenge } = request
  const code = makeCode()
  const { stored } = await letIn(ctx, login, {
    stored: query.storeCode({
      tenant: ctx.tenant,
      customerId: login.customerId,
      passwordHash: login.passwordHash,
      statuses: loginStatuses(ctx),
      hash: codeHash(code),
      clientId: client.id,
      redirectUri,
      challenge,
      provenAt: ctx.now.toISOString(),
      expiresAt: new Date(ctx.now.getTime() + LIVES_MS).toISOString(),
    }),
  })
  if (stored.length === 0) throw new Refusal('invalid_credentials')
  return codeTarget(issuer, request, code)
}
