import { type Context, commitWithoutEvent, servicesOnlyFieldsRefusal } from '#core/context'
import {
  type CreateCustomer,
  emailKey,
  emailLocalPart,
  refuseReservedMetadata,
} from '#core/customer'
import { checkNewPassword } from '#core/identity'
import { ignoreUnprovenLimitRefusal, spendUnprovenQuota } from '#core/limit'
import { boundedMailValues, printHeldMailForDeveloper } from '#core/mail'
import { Refusal } from '#kernel/error'
import { type Accepted, acceptedAnswer } from './accepted-answer.ts'
import { hashForAttempt, storeAttemptAndMailCall } from './registration-attempt.ts'

/**
 * A stranger registers in a storefront: stores an attempt and sends a mail. Answer, statements and rows are the same for an address
 * that has an account. Refuses `invalid_input` for a weak password, `metadata_key_reserved`.
 */
export async function requestRegistration(ctx: Context, input: CreateCustomer): Promise<Accepted> {
  if (ctx.actor.type !== 'storefront') throw new Refusal('caller_not_allowed')
  if (input.externalId !== undefined) throw servicesOnlyFieldsRefusal(['externalId'])
  refuseReservedMetadata(ctx, input.metadata)
  const passwordHash = await hashOf(ctx, input)
  const mailing = boundedMailValues(ctx, emailKey(input.email))
  await ignoreUnprovenLimitRefusal(
    commitWithoutEvent(ctx, {
      made: spendUnprovenQuota(ctx),
      answer: storeAttemptAndMailCall(ctx, input, passwordHash, mailing).asAnswer(null),
    }),
  )
  await printHeldMailForDeveloper(ctx, mailing)
  return acceptedAnswer
}

async function hashOf(ctx: Context, { email, password }: CreateCustomer) {
  if (password === undefined) return null
  checkNewPassword(ctx, password, emailLocalPart(email))
  return hashForAttempt(ctx, emailKey(email), password)
}
