import type { Context } from '#core/context'
import { checkNewPassword } from '#core/identity'
import type { Kept } from '#db/handle'
import { emailKey, emailLocalPart } from './email.ts'
import type { CreateCustomer } from './input.ts'

/**
 * The credential of an account that a service is about to make; null without a password. `kept` is the answer when the request was
 * answered before. Refuses `invalid_input` for a weak password.
 */
export async function makeCredential(
  ctx: Context,
  customerId: string,
  { email, password }: CreateCustomer,
): Promise<{ readonly kept: Kept } | { readonly credential: string | null }> {
  if (password === undefined) return { credential: null }
  checkNewPassword(ctx, password, emailLocalPart(email))
  const owner = { customerId, email: emailKey(email), isProven: false }
  return ctx.identity.accounts.setFirstPassword(ctx, owner, password)
}
