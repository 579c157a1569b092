import * as z from 'zod'
import { type Context, commitWithoutKey } from '#core/context'
import { Password } from '#core/customer'
import {
  checkNewPassword,
  findPasswordHashCall,
  freshProofStatements,
  provePassword,
} from '#core/identity'
import { newMailValues } from '#core/mail'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'

export const ChangePassword = z
  .strictObject({
    currentPassword: Password.optional().meta({
      description:
        'Not needed if the session has a proof that is younger than ten minutes. An account without a password has no other way',
    }),
    password: Password,
  })
  .meta({
    id: 'ChangePassword',
    examples: [{ currentPassword: 'correct horse battery', password: 'another horse battery' }],
  })
export type ChangePassword = z.output<typeof ChangePassword>

/**
 * Changes the password of the caller's own account, or sets its first one. Ends all other sessions, the links in mails and a change of
 * the address that waits; the owner gets a mail. Refuses `invalid_credentials`, `too_many_attempts`, `fresh_proof_required` without the
 * present password, `invalid_input` for a weak new one.
 */
export async function changePassword(ctx: Context, input: ChangePassword): Promise<void> {
  if (ctx.actor.type !== 'shopper') throw new Refusal('caller_not_allowed')
  const { id, sessionId } = ctx.actor
  // Before the present password is tried, for a weak new one is no failed try.
  checkNewPassword(ctx, input.password)
  const { proof, stored } = await proven(ctx, id, input.currentPassword)
  const owner = { customerId: id, email: null, isProven: false, credential: stored }
  const { credential } = await ctx.identity.accounts.setPassword(
    ctx,
    async () => owner,
    input.password,
  )
  await commitWithoutKey(ctx, {
    ...proof,
    changed: query.changePassword({
      ...newMailValues(ctx),
      customerId: id,
      sessionId,
      passwordHash: credential,
    }),
  })
}

/**
 * Returns the owner's proof and the stored credential. The proof is checked here and again in the commit, because another provider sets the new password in between.
 */
async function proven(ctx: Context, id: string, currentPassword: string | undefined) {
  if (currentPassword !== undefined) {
    const { proof, entry } = await provePassword(ctx, id, currentPassword)
    return { proof, stored: entry.credential }
  }
  const proof = freshProofStatements(ctx)
  const { found } = await commitWithoutKey(ctx, { ...proof, found: findPasswordHashCall(ctx, id) })
  return { proof, stored: found[0]?.credential ?? null }
}
