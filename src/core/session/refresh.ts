import { type Context, commitQuietly } from '#core/context'
import {
  type Client,
  type Grant,
  makeRefreshToken,
  type RefreshToken,
  readRefreshToken,
} from '#core/identity'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'
import { loginStatuses } from './open.ts'
import { type Session, SHOPPER_SCOPE, toSession } from './view.ts'

/**
 * Exchanges a refresh token for a new pair; the token is all it takes. A token that was used before ends the session, also when two
 * come at once. Refuses `session_ended`.
 */
export async function refreshSession(ctx: Context, token: RefreshToken): Promise<Session> {
  const session = await rotate(ctx, token, null)
  if (session === null) throw new Refusal('session_ended')
  return session
}

/** The refresh-token grant (RFC 6749, 6): a client gets new tokens for its own sessions. */
export async function grantRefreshToken(
  ctx: Context,
  client: Client,
  text: string,
): Promise<Grant> {
  const token = readRefreshToken(ctx.keyring, text)
  if (token === null || token.tenant !== client.tenant) return { error: 'invalid_grant' }
  const session = await rotate(ctx, token, client.id)
  if (session === null) return { error: 'invalid_grant' }
  const { accessToken, refreshToken, expiresIn } = session
  return { token: accessToken, refreshToken, lifetime: expiresIn, scope: SHOPPER_SCOPE }
}

/** The session with new tokens; null when there is none any more, or not of this client. */
async function rotate(
  ctx: Context,
  { sessionId, hash }: RefreshToken,
  clientId: string | null,
): Promise<Session | null> {
  const statuses = loginStatuses(ctx)
  const opener = await ctx.identity.accounts.renew(ctx, { sessionId, clientId, hash, statuses })
  if (opener === null) return null
  const next = makeRefreshToken(ctx.keyring, ctx.tenant, sessionId)
  const { found } = await commitQuietly(ctx, {
    found: query.refreshSession({
      tenant: ctx.tenant,
      now: ctx.now.toISOString(),
      id: sessionId,
      clientId,
      hash,
      nextHash: next.hash,
      statuses,
      currency: ctx.settings.currency,
    }),
    ...opener.statements(sessionId),
  })
  const [session] = found
  if (session === undefined) return null
  return toSession(ctx, opener, { sessionId, refreshToken: next.text, ...session })
}
