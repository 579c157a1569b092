import type { CheckedLogin } from '#core/account'
import { type Context, passkeyOrigins, type Settings } from '#core/context'
import {
  checkPasskey,
  PasskeyAssertion,
  type PasskeyRequest,
  startPasskeyLogin,
} from '#core/passkey'
import { Refusal } from '#kernel/error'

/**
 * What the page needs to ask for a passkey; null where it stands at no host of the shop's passkeys. Nothing is stored for it, so each page has
 * its own.
 */
export const passkeyRequestOf = async (
  ctx: Context,
  settings: Settings,
): Promise<PasskeyRequest | null> => {
  const { publicUrl } = ctx.deployment
  const isAt = passkeyOrigins(settings, publicUrl).includes(new URL(publicUrl).origin)
  return isAt && settings.identity === 'embedded' ? startPasskeyLogin(ctx) : null
}

/** A login by a passkey. Refuses as `POST /auth/passkey/login/verify` does. */
export async function checkPasskeyOf(
  ctx: Context,
  { passkey = '' }: { readonly passkey?: string | undefined },
): Promise<CheckedLogin> {
  const { data: assertion } = PasskeyAssertion.safeParse(parsed(passkey))
  if (assertion === undefined) throw new Refusal('invalid_credentials')
  const { customerId, entry, proof } = await checkPasskey(ctx, assertion)
  return { customerId, passwordHash: null, entry, before: proof, after: {} }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
