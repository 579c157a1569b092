import type { Context } from '#core/context'
import { type EndedSession, type LoginProof, liveSessionStatements } from '#core/identity'
import { prepareSessionOpening, type Session, sessionReplacementStatements } from '#core/session'
import { Refusal } from '#kernel/error'

/**
 * Prepares a session that takes the place of the caller's. The session cannot keep its id with a new refresh token: another tab may still use the old token, which would end the session. `own` belongs at the head of the commit: it refuses `invalid_token` if the caller's session has ended.
 */
export async function prepareSessionReplacement(
  ctx: Context,
  customerId: string,
  entry: LoginProof,
) {
  if (ctx.actor.type !== 'shopper') throw new Refusal('caller_not_allowed')
  const { sessionId: before } = ctx.actor
  const {
    sessionId: id,
    statements,
    handOver,
  } = await prepareSessionOpening(ctx, { customerId, entry })
  return {
    own: liveSessionStatements(ctx).still,
    statements: { ...statements, ...sessionReplacementStatements(ctx, { id, customerId, before }) },
    async handOver(results: Parameters<typeof handOver>[0] & Ended): Promise<Session> {
      await ctx.identity.accounts.end(ctx, results.ended)
      return handOver(results)
    },
  }
}

type Ended = { readonly ended: readonly EndedSession[] }
