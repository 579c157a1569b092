import * as z from 'zod'
import { type Context, commitWithoutKey } from '#core/context'
import { Email, emailKey, Password } from '#core/customer'
import { liveSessionStatements, ownerProofStatements } from '#core/identity'
import { boundedMailValues, printHeldMailForDeveloper } from '#core/mail'
import { Refusal } from '#kernel/error'
import { newId } from '#kernel/id'
import { type Accepted, acceptedAnswer } from './accepted-answer.ts'
import * as query from './generated/query.ts'

export const ChangeEmail = z
  .strictObject({
    email: Email,
    password: Password.optional().meta({
      description:
        'The password of the account, unless the session has a proof that is younger than ten minutes',
    }),
  })
  .meta({
    id: 'ChangeEmail',
    examples: [{ email: 'jane.doe@example.com', password: 'correct horse battery' }],
  })
export type ChangeEmail = z.output<typeof ChangeEmail>

/**
 * Asks to move the caller's own account to another address. Nothing changes until the new address confirms it. Only the reader of
 * that inbox learns whether the address is free. Refuses `invalid_credentials`, `too_many_attempts`, `fresh_proof_required` without a password,
 * `invalid_token` if the session ends meanwhile.
 */
export async function requestEmailChange(ctx: Context, input: ChangeEmail): Promise<Accepted> {
  if (ctx.actor.type !== 'shopper') throw new Refusal('caller_not_allowed')
  const { id } = ctx.actor
  const proof = await ownerProofStatements(ctx, id, input.password)
  const key = emailKey(input.email)
  const mailing = boundedMailValues(ctx, key, { purpose: 'confirm' })
  await commitWithoutKey(ctx, {
    ...proof,
    // A log-out that this waited for must not be outlived by the change.
    session: liveSessionStatements(ctx).still,
    asked: query.requestEmailChange({
      ...mailing,
      changeId: newId('emailChange', ctx.now),
      customerId: id,
      newEmail: input.email,
      newEmailKey: key,
    }),
  })
  await printHeldMailForDeveloper(ctx, mailing)
  return acceptedAnswer
}
