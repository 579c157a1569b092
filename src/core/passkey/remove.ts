import { type Context, commit } from '#core/context'
import { freshProofStatements } from '#core/identity'
import { newMailValues } from '#core/mail'
import { newEventValues } from '#core/outbox'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'

/** Removes a passkey of the caller's own account. A mail tells the owner. Refuses `fresh_proof_required`, `passkey_not_found`. */
export async function removePasskey(ctx: Context, id: string): Promise<void> {
  if (ctx.actor.type !== 'shopper') throw new Refusal('caller_not_allowed')
  await commit(ctx, {
    ...freshProofStatements(ctx),
    removed: query.removePasskey({
      ...newEventValues(ctx),
      ...newMailValues(ctx),
      id,
      customerId: ctx.actor.id,
    }),
  })
}
