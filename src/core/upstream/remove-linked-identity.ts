import { type Context, commit } from '#core/context'
import { freshProofStatements } from '#core/identity'
import { newMailValues } from '#core/mail'
import { newEventValues } from '#core/outbox'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'

/**
 * Removes a linked identity of the caller's own account. A mail tells the owner. Refuses `fresh_proof_required`, `identity_not_found`.
 * @param identity its hash.
 */
export async function removeLinkedIdentity(ctx: Context, identity: string): Promise<void> {
  if (ctx.actor.type !== 'shopper') throw new Refusal('caller_not_allowed')
  await commit(ctx, {
    ...freshProofStatements(ctx),
    removed: query.removeLinkedIdentity({
      ...newEventValues(ctx),
      ...newMailValues(ctx),
      identity,
      customerId: ctx.actor.id,
    }),
  })
}
