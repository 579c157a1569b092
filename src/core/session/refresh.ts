import { type Context, commitQuietly } from '#core/context'
import {
  type Client,
  type Grant,
  makeRefreshToken,
  narrowScope,
  type RefreshToken,
  readRefreshToken,
} from '#core/identity'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'
import { loginStatuses } from './open.ts'
import { type Session, SHOPPER_SCOPE, toSession } from './view.ts'

/**
 * Exchanges a refresh token for a new pair; it needs no other proof. A token that was used before ends the session, and so does the
 * second of two concurrent exchanges. Refuses `session_ended`.
 */
export async function refreshSession(ctx: Context, token: RefreshToken): Promise<Session> {
  const session = await rotate(ctx, token, null)
  if (session === null) throw new Refusal('session_ended')
  return session
}

/**
 * The refresh-token grant (RFC 6749, 6): a client gets new tokens for its own sessions. A session has one scope, so there is no
 * narrower one. Refuses `invalid_grant`, and `invalid_scope`, after which the refresh token is still good.
 */
export async function grantRefreshToken(
  ctx: Context,
  client: Client,
  text: string,
  asked: string | undefined,
): Promise<Grant> {
  const scope = narrowScope([SHOPPER_SCOPE], asked)
  const token = readRefreshToken(ctx.keyring, text)
  const isClients = token !== null && token.tenant === client.tenant
  const session = isClients ? await rotate(ctx, token, client.id) : null
  if (session === null) throw new Refusal('invalid_grant')
  const { accessToken, refreshToken, expiresIn } = session
  return { token: accessToken, refreshToken, lifetime: expiresIn, scope }
}

/** The session with new tokens; null when the session is over, or when it is another client's. */
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
