import { sql } from 'drizzle-orm'
import { type Context, commitQuietly, look, one } from '#core/context'
import { type CustomerDocument, customerDocument } from '#core/customer'
import {
  type Client,
  type Grant,
  makeRefreshToken,
  type RefreshToken,
  readRefreshToken,
} from '#core/identity'
import { Refusal } from '#kernel/error'
import { mayLogIn, welcome } from './open.ts'
import { type Session, SHOPPER_SCOPE, toSession } from './view.ts'

/**
 * Exchanges a refresh token for a new pair; whoever holds one may. One that was used before ends the session, also when two
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
  const opener = await ctx.identity.accounts.renew(ctx, {
    sessionId,
    clientId,
    hash,
    statuses: welcome(ctx),
  })
  if (opener === null) return null
  const next = makeRefreshToken(ctx.keyring, ctx.tenant, sessionId)
  const { rotated, found } = await commitQuietly(ctx, {
    rotated: one<{ customer: string | null }>(
      sql`select rotate_session(${ctx.tenant}, ${sessionId}, ${clientId}, ${hash}, ${next.hash}, ${mayLogIn(ctx)},
        ${ctx.now.toISOString()}::timestamptz) as customer`,
    ),
    found: look<{ client: string; document: CustomerDocument | null }>(
      sql`select client_id as client, ${customerDocument(ctx, sql`customer_id`)} as document
        from session where tenant = ${ctx.tenant} and id = ${sessionId} and refresh_hash = ${next.hash}`,
    ),
    ...opener.statements(sessionId),
  })
  const [session] = found
  if (rotated.customer === null || session === undefined) return null
  return toSession(ctx, opener, {
    sessionId,
    clientId: session.client,
    refreshToken: next.text,
    customer: session.document,
  })
}
