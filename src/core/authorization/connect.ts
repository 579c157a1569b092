import { type Context, commit } from '#core/context'
import { Email } from '#core/customer'
import { Code, mailCode } from '#core/login-code'
import { linkingProof } from '#core/upstream'
import { Refusal } from '#kernel/error'
import { codeTarget } from './answer.ts'
import type { Linking } from './linking.ts'
import { newCode } from './new-code.ts'
import type { OpenPage } from './open-page.ts'

/** Refuses `invalid_request` for a page that waits for no proof, or did so for too long, and for a provider that is not there any more. */
function linkingOf({ identity }: Context, { linking }: OpenPage): Linking {
  if (linking === null || !identity.providers.has(linking.provider)) {
    throw new Refusal('invalid_request')
  }
  return linking
}

/**
 * Mails a code that proves an address, for an identity that is to be linked to its account, or to a new one. Answer and work are the same
 * for every address. Without an address it goes once more to the one of before. Refuses `invalid_input`, `invalid_request`.
 */
export async function askToConnect(
  ctx: Context,
  page: OpenPage,
  typed: string | undefined,
): Promise<OpenPage> {
  const { provider } = linkingOf(ctx, page)
  const { data: email } = Email.safeParse(typed ?? page.code?.email)
  if (email === undefined) throw new Refusal('invalid_input')
  const { handle } = await mailCode(
    ctx,
    { email, handle: page.code?.handle, deviceToken: undefined },
    { allowNew: true, provider },
  )
  return { ...page, code: { email, handle } }
}

/**
 * Links the identity of a page by the code of a mail, and gives the client a code for the login. Refuses as `linkingProof` does, and
 * `invalid_input`, `invalid_request`.
 * @param issuer of the code.
 */
export async function connect(
  ctx: Context,
  issuer: string,
  page: OpenPage,
  typed: string | undefined,
): Promise<string> {
  const linking = linkingOf(ctx, page)
  if (page.code === null) throw new Refusal('invalid_request')
  const { data: mailed } = Code.safeParse(typed)
  if (mailed === undefined) throw new Refusal('invalid_input')
  const { customerId, proof } = await linkingProof(ctx, linking, { ...page.code, code: mailed })
  const tokens = linking.account?.tokens
  const { code, stored } = newCode(ctx, page.request, { customerId, tokens })
  const done = await commit(ctx, { ...proof, stored })
  if (done.stored.length === 0) throw new Refusal('invalid_credentials')
  return codeTarget(issuer, page.request, code)
}
