import { type Context, commitQuietly, mayUse } from '#core/context'
import type { RefreshToken } from '#core/identity'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'

/** Ends a session, if it is this client's (null: any client's). Once is enough. */
export async function endSession(ctx: Context, id: string, clientId: string | null): Promise<void> {
  const { ended } = await commitQuietly(ctx, {
    ended: query.endSession({ tenant: ctx.tenant, id, clientId }),
  })
  await ctx.identity.accounts.end(ctx, ended)
}

/** Logs out: a refresh token of the session, the newest or an older one, may end it. */
export const endSessionOf = (ctx: Context, { sessionId }: RefreshToken): Promise<void> =>
  endSession(ctx, sessionId, null)

/** A shopper ends sessions of its own: the one named, or all. Refuses `session_not_found`. */
export async function endOwnSessions(ctx: Context, sessionId?: string): Promise<void> {
  if (ctx.actor.type !== 'shopper') throw new Refusal('caller_not_allowed')
  await endThose(ctx, ctx.actor.id, sessionId)
}

/** Staff ends sessions of a customer: the one named, or all. Refuses `customer_not_found`, `session_not_found`. */
export async function endSessions(
  ctx: Context,
  customerId: string,
  sessionId?: string,
): Promise<void> {
  mayUse(ctx, 'customer:write')
  await endThose(ctx, customerId, sessionId)
}

async function endThose(ctx: Context, customerId: string, sessionId?: string): Promise<void> {
  const { ended } = await commitQuietly(ctx, {
    ended: query.endSessions({ tenant: ctx.tenant, customerId, id: sessionId ?? null }),
  })
  if (sessionId !== undefined && ended.length === 0) throw new Refusal('session_not_found')
  await ctx.identity.accounts.end(ctx, ended)
}
