import type { Context } from '#core/context'
import { checkNewPassword } from '#core/identity'
import { emailKey, emailLocalPart } from './email.ts'
import type { CreateCustomer } from './input.ts'

/**
 * The credential of an account that a service is about to make; null without a password. `kept` is the answer when the request was
 * answered before. Refuses `invalid_input` for a weak password.
 */
export async function makeCredential<A>(
  ctx: Context,
  customerId: string,
  { email, password }: CreateCustomer,
): Promise<{ readonly kept: A } | { readonly credential: string | null }> {
  if (password === undefined) return { credential: null }
  checkNewPassword(ctx, password, emailLocalPart(email))
  const owner = { customerId, email: emailKey(email), isProven: false }
  return ctx.identity.accounts.setFirstPassword<A>(ctx, owner, password)
}
