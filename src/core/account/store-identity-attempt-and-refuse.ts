import { type Context, commitWithoutKey } from '#core/context'
import { emailKey } from '#core/customer'
import { type CountedTry, releaseTryCall } from '#core/identity'
import { ignoreUnprovenLimitRefusal, spendUnprovenQuota } from '#core/limit'
import { boundedMailValues, printHeldMailForDeveloper } from '#core/mail'
import { Refusal } from '#kernel/error'
import { storeAttemptAndMailCall } from './registration-attempt.ts'

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
      made: spendUnprovenQuota(ctx),
      attempt: storeAttemptAndMailCall(ctx, { email }, hash, mailing),
      released: releaseTryCall(ctx, tried, { forget: false }),
    }),
  )
  await printHeldMailForDeveloper(ctx, mailing)
  throw new Refusal('email_unverified')
}
