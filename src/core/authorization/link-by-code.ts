import { type Context, commit } from '#core/context'
import { Email } from '#core/customer'
import { enqueueCodeMail, TypedCode } from '#core/login-code'
import { proveLinkingByCode } from '#core/upstream'
import { Refusal } from '#kernel/error'
import { newCodeAndStoringCall } from './new-code-and-storing-call.ts'
import type { OpenLoginPage } from './open-login-page.ts'
import { codeResponseUrl } from './response-url.ts'
import type { UnlinkedIdentity } from './unlinked-identity.ts'

/** Refuses `invalid_request` if the page has no identity to link, if the identity has waited too long, or if its provider was removed. */
function linkingOf({ identity }: Context, { linking }: OpenLoginPage): UnlinkedIdentity {
  if (linking === null || !identity.providers.has(linking.provider)) {
    throw new Refusal('invalid_request')
  }
  return linking
}

/**
 * Mails a code that proves an e-mail address. The identity is then linked to the account of that address, or to a new one. Without `typed`, the code goes to the previous address. The answer and the work are the same for every address. Refuses `invalid_input`, `invalid_request`.
 */
export async function mailLinkingCode(
  ctx: Context,
  page: OpenLoginPage,
  typed: string | undefined,
): Promise<OpenLoginPage> {
  const { provider } = linkingOf(ctx, page)
  const { data: email } = Email.safeParse(typed ?? page.code?.email)
  if (email === undefined) throw new Refusal('invalid_input')
  const { handle } = await enqueueCodeMail(
    ctx,
    { email, handle: page.code?.handle, deviceToken: undefined },
    { allowNew: true, provider },
  )
  return { ...page, code: { email, handle } }
}

/**
 * Links the identity of a page by the code of a mail, and gives the client a code for the login. Refuses as `proveLinkingByCode` does, and
 * `invalid_input`, `invalid_request`.
 * @param issuer of the code.
 */
export async function linkByCode(
  ctx: Context,
  issuer: string,
  page: OpenLoginPage,
  typed: string | undefined,
): Promise<string> {
  const linking = linkingOf(ctx, page)
  if (page.code === null) throw new Refusal('invalid_request')
  const { data: mailed } = TypedCode.safeParse(typed)
  if (mailed === undefined) throw new Refusal('invalid_input')
  const { customerId, proof } = await proveLinkingByCode(ctx, linking, {
    ...page.code,
    code: mailed,
  })
  const tokens = linking.account?.tokens
  const { code, stored } = newCodeAndStoringCall(ctx, page.request, { customerId, tokens })
  const done = await commit(ctx, { ...proof, stored })
  if (done.stored.length === 0) throw new Refusal('invalid_credentials')
  return codeResponseUrl(issuer, page.request, code)
}
