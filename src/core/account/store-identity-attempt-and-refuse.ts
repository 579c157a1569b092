import { type Context, commitWithoutKey } from '#core/context'
import { emailKey } from '#core/customer'
import { type CountedTry, releaseTry } from '#core/identity'
import { countUnprovenMade, ignoreUnprovenLimitRefusal } from '#core/limit'
import { boundedMailValues, reportHeldBackMail } from '#core/mail'
import { Refusal } from '#kernel/error'
import { storeAttempt } from './registration-attempt.ts'

/**
 * Registers an identity of the provider that has no account here. The provider's word does not prove the address, so this stores an
 * attempt like any registration. The identity is linked when the attempt is verified.
 */
export async function storeIdentityAttemptAndRefuse(
  ctx: Context,
  tried: CountedTry,
  email: string,
  hash: string,
): Promise<never> {
  const mailing = boundedMailValues(ctx, emailKey(email))
  await ignoreUnprovenLimitRefusal(
    commitWithoutKey(ctx, {
      made: countUnprovenMade(ctx),
      attempt: storeAttempt(ctx, { email }, hash, mailing),
      released: releaseTry(ctx, tried, { forget: false }),
    }),
  )
  await reportHeldBackMail(ctx, mailing)
  throw new Refusal('email_unverified')
}
