import * as z from 'zod'
import { type Context, commit } from '#core/context'
import { Password } from '#core/customer'
import { checkAndSetPassword, PastedMailToken, readMailToken } from '#core/identity'
import { claimAccountCall } from './claim-account-call.ts'
import { findOwnerByResetLink } from './find-owner-by-reset-link.ts'

export const ResetPassword = z
  .strictObject({ token: PastedMailToken, password: Password })
  .meta({ id: 'ResetPassword', examples: [{ token: 'mt_…', password: 'another horse battery' }] })
export type ResetPassword = z.output<typeof ResetPassword>

/**
 * Sets a new password by a link, also for a locked or an unclaimed account. It verifies and claims the address, ends all sessions,
 * and drops the data that others than the owner may have written. Refuses `mail_token_invalid`, `invalid_input` for a weak password.
 */
export async function resetPassword(
  ctx: Context,
  { token: text, password }: ResetPassword,
): Promise<void> {
  const token = readMailToken(ctx, text)
  const { credential: passwordHash } = await checkAndSetPassword(
    ctx,
    () => findOwnerByResetLink(ctx, token),
    password,
  )
  const claim = { customerId: token.subject, passwordHash, drop: true }
  await commit(ctx, { claimed: claimAccountCall(ctx, { ...claim, purpose: 'reset', token }) })
}
