import type { Context } from '#core/context'
import { type EndedSession, type Entry, proveSession } from '#core/identity'
import { openSession, type Session, succession } from '#core/session'
import { Refusal } from '#kernel/error'

/**
 * Prepares a session that takes the place of the caller's. Its refresh token cannot be renewed in place: another tab may have it, and would
 * end the session with it. `own` belongs at the head of the commit: it refuses `invalid_token` if the caller's session has ended.
 */
export async function replaceSession(ctx: Context, customerId: string, entry: Entry) {
  if (ctx.actor.type !== 'shopper') throw new Refusal('caller_not_allowed')
  const { sessionId: before } = ctx.actor
  const { sessionId: id, statements, handOver } = await openSession(ctx, { customerId, entry })
  return {
    own: proveSession(ctx).still,
    statements: { ...statements, ...succession(ctx, { id, customerId, before }) },
    async handOver(results: Parameters<typeof handOver>[0] & Ended): Promise<Session> {
      await ctx.identity.accounts.end(ctx, results.ended)
      return handOver(results)
    },
  }
}

type Ended = { readonly ended: readonly EndedSession[] }
