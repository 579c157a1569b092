import { type Context, commitQuietly } from '#core/context'
import { type CountedTry, releaseTry } from '#core/identity'
import { Refusal } from '#kernel/error'
import { storeAttempt } from './attempt.ts'

/**
 * Registers an identity of the provider that has no account here. The provider's word does not prove the address, so this stores an
 * attempt like any registration. The identity is linked when the attempt is verified.
 */
export async function registerIdentity(
  ctx: Context,
  tried: CountedTry,
  email: string,
  hash: string,
): Promise<never> {
  await commitQuietly(ctx, {
    attempt: storeAttempt(ctx, { email }, hash),
    released: releaseTry(ctx, tried, { forget: false }),
  })
  throw new Refusal('email_unverified')
}
