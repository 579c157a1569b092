import { type Context, commitQuietly } from '#core/context'
import { emailKey } from '#core/customer'
import { settleTry, type Try } from '#core/identity'
import { Refusal } from '#kernel/error'
import { lockEmail } from './lock-email.ts'
import { attemptStatements } from './register.ts'

/**
 * Whoever has the password of an identity that nobody here has is a stranger all the same: whatever address the identity names, it
 * is to be proven to us. What was typed is kept like a registration, and linked when that is verified.
 */
export async function introduce(
  ctx: Context,
  tried: Try,
  email: string,
  hash: string,
): Promise<never> {
  await commitQuietly(ctx, {
    email: lockEmail(ctx, emailKey(email)),
    ...attemptStatements(ctx, { email }, hash),
    settled: settleTry(ctx, tried, { forget: false }),
  })
  throw new Refusal('email_unverified')
}
