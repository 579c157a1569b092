import { type Context, commitQuietly } from '#core/context'
import { releaseTry, type Try } from '#core/identity'
import { Refusal } from '#kernel/error'
import { storeAttempt } from './attempt.ts'

/**
 * Someone has the password of an identity that nobody here has, and is a stranger all the same: the address that the identity names
 * is to be proven to us. What was typed is stored like a registration, and linked when that is verified.
 */
export async function registerIdentity(
  ctx: Context,
  tried: Try,
  email: string,
  hash: string,
): Promise<never> {
  await commitQuietly(ctx, {
    attempt: storeAttempt(ctx, { email }, hash),
    released: releaseTry(ctx, tried, { forget: false }),
  })
  throw new Refusal('email_unverified')
}
