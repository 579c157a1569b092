import { type Context, commit } from '#core/context'
import { requireFreshProof } from '#core/identity'
import { mailValues } from '#core/mail'
import { appendEventValues } from '#core/outbox'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'

/**
 * Removes a linked identity of the caller's own account. A mail tells the owner. Refuses `fresh_proof_required`, `identity_not_found`.
 * @param identity its hash.
 */
export async function removeLinkedIdentity(ctx: Context, identity: string): Promise<void> {
  if (ctx.actor.type !== 'shopper') throw new Refusal('caller_not_allowed')
  await commit(ctx, {
    ...requireFreshProof(ctx),
    removed: query.removeLinkedIdentity({
      ...appendEventValues(ctx),
      ...mailValues(ctx),
      identity,
      customerId: ctx.actor.id,
    }),
  })
}
