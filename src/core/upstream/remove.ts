import { type Context, commit } from '#core/context'
import { proveFreshSession } from '#core/identity'
import { mailing } from '#core/mail'
import { appending } from '#core/outbox'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'

/**
 * Removes a linked identity of the caller's own account. A mail tells the owner. Refuses `fresh_proof_required`, `identity_not_found`.
 * @param identity its hash.
 */
export async function removeIdentity(ctx: Context, identity: string): Promise<void> {
  if (ctx.actor.type !== 'shopper') throw new Refusal('caller_not_allowed')
  await commit(ctx, {
    ...proveFreshSession(ctx),
    removed: query.removeIdentity({
      ...appending(ctx),
      ...mailing(ctx),
      identity,
      customerId: ctx.actor.id,
    }),
  })
}
