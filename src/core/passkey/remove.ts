import { type Context, commit } from '#core/context'
import { proveFreshSession } from '#core/identity'
import { mailing } from '#core/mail'
import { appending } from '#core/outbox'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'

/** Removes a passkey of the caller's own account. A mail tells the owner. Refuses `fresh_proof_required`, `passkey_not_found`. */
export async function removePasskey(ctx: Context, id: string): Promise<void> {
  if (ctx.actor.type !== 'shopper') throw new Refusal('caller_not_allowed')
  await commit(ctx, {
    ...proveFreshSession(ctx),
    removed: query.removePasskey({
      ...appending(ctx),
      ...mailing(ctx),
      id,
      customerId: ctx.actor.id,
    }),
  })
}
