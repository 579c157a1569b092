import type { Context } from '#core/context'
import { checkNewPassword } from '#core/identity'
import type { Kept } from '#db/use-case-call'
import { emailKey, emailLocalPart } from './email.ts'
import type { CreateCustomer } from './input.ts'

/**
 * The credential of an account that a service is about to create; null without a password. `kept` is the stored answer of a request
 * that was answered before. Refuses `invalid_input` for a weak password.
 */
export async function setFirstPasswordIfGiven(
  ctx: Context,
  customerId: string,
  { email, password }: CreateCustomer,
): Promise<{ readonly kept: Kept } | { readonly credential: string | null }> {
  if (password === undefined) return { credential: null }
  checkNewPassword(ctx, password, emailLocalPart(email))
  const owner = { customerId, email: emailKey(email), isProven: false }
  return ctx.identity.accounts.setFirstPassword(ctx, owner, password)
}
