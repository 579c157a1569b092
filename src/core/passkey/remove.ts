import { type Context, commit } from '#core/context'
import { requireFreshProof } from '#core/identity'
import { mailValues } from '#core/mail'
import { appendEventValues } from '#core/outbox'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'

/** Removes a passkey of the caller's own account. A mail tells the owner. Refuses `fresh_proof_required`, `passkey_not_found`. */
export async function removePasskey(ctx: Context, id: string): Promise<void> {
  if (ctx.actor.type !== 'shopper') throw new Refusal('caller_not_allowed')
  await commit(ctx, {
    ...requireFreshProof(ctx),
    removed: query.removePasskey({
      ...appendEventValues(ctx),
      ...mailValues(ctx),
      id,
      customerId: ctx.actor.id,
    }),
  })
}
