import { type Context, commitUntold } from '#core/context'
import { type CreateCustomer, emailKey, emailLocalPart } from '#core/customer'
import { checkNewPassword } from '#core/identity'
import { Refusal } from '#kernel/error'
import { type Accepted, answer } from './answer.ts'
import { hashForAttempt, storeAttempt } from './attempt.ts'

/**
 * A stranger registers in a storefront: an attempt is stored and a mail is sent, to an address with an account too; the answer,
 * the statements and the rows are the same. Refuses `invalid_input` for a weak password.
 */
export async function registerAttempt(ctx: Context, input: CreateCustomer): Promise<Accepted> {
  if (ctx.actor.type !== 'storefront') throw new Refusal('caller_not_allowed')
  if (input.externalId !== undefined) throw new Refusal('caller_not_allowed')
  const passwordHash = await hashOf(ctx, input)
  await commitUntold(ctx, { answer: storeAttempt(ctx, input, passwordHash).asAnswer(null) })
  return answer
}

async function hashOf(ctx: Context, { email, password }: CreateCustomer) {
  if (password === undefined) return null
  checkNewPassword(ctx, password, emailLocalPart(email))
  return hashForAttempt(ctx, emailKey(email), password)
}
