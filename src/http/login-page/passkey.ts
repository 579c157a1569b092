import type { CheckedLogin } from '#core/account'
import { type Context, passkeyOrigins, type Settings } from '#core/context'
import {
  makeLoginOptions,
  PasskeyAssertion,
  type PasskeyRequest,
  provePasskeyLogin,
} from '#core/passkey'
import { Refusal } from '#kernel/error'

/**
 * The options with which the page asks for a passkey. Null if the page's host is not one of the shop's passkeys. Nothing is stored, so each page gets its own.
 */
export const passkeyRequestOf = async (
  ctx: Context,
  settings: Settings,
): Promise<PasskeyRequest | null> => {
  const { publicUrl } = ctx.deployment
  const isAt = passkeyOrigins(settings, publicUrl).includes(new URL(publicUrl).origin)
  return isAt && settings.identity === 'embedded' ? makeLoginOptions(ctx) : null
}

/** A login by a passkey. Refuses as `POST /auth/passkey/login/verify` does. */
export async function checkPasskeyLogin(
  ctx: Context,
  { passkey = '' }: { readonly passkey?: string | undefined },
): Promise<CheckedLogin> {
  const { data: assertion } = PasskeyAssertion.safeParse(parsed(passkey))
  if (assertion === undefined) throw new Refusal('invalid_credentials')
  const { customerId, entry, proof } = await provePasskeyLogin(ctx, assertion)
  return { customerId, passwordHash: null, entry, before: proof, after: {} }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
