import * as z from 'zod'
import { type Context, commitQuietly } from '#core/context'
import { Password } from '#core/customer'
import { provePassword, proveSession } from '#core/identity'
import { endingSession, openSession, type Session } from '#core/session'
import { Refusal } from '#kernel/error'

export const Reauthenticate = z
  .strictObject({ password: Password })
  .meta({ id: 'Reauthenticate', examples: [{ password: 'correct horse battery' }] })
export type Reauthenticate = z.output<typeof Reauthenticate>

/**
 * Proves a logged-in shopper anew. A new session takes the place of the caller's, which ends; for ten minutes it allows what is dangerous.
 * Refuses `invalid_credentials`, `too_many_attempts`, `invalid_token` if the session ends meanwhile.
 */
export async function reauthenticate(ctx: Context, { password }: Reauthenticate): Promise<Session> {
  if (ctx.actor.type !== 'shopper') throw new Refusal('caller_not_allowed')
  const { id: customerId, sessionId } = ctx.actor
  const { proof, entry } = await provePassword(ctx, customerId, password)
  const { statements, handOver } = await openSession(ctx, {
    customerId,
    passwordHash: entry.credential,
    entry,
  })
  const { ended, ...results } = await commitQuietly(ctx, {
    ...proof,
    own: proveSession(ctx).still,
    ...statements,
    ended: endingSession(ctx, sessionId),
  })
  await ctx.identity.accounts.end(ctx, ended)
  return handOver(results)
}
