import { type Context, commit } from '#core/context'
import {
  accountKeyedHash,
  type EndedSession,
  type GrantedToken,
  narrowScope,
  nextRefreshToken,
  type ProvenClient,
  type RefreshToken,
  readRefreshToken,
} from '#core/identity'
import { newMailValues } from '#core/mail'
import { newEventValues } from '#core/outbox'
import type { RowOf } from '#db/use-case'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'
import { issueSession, type Session, SHOPPER_SCOPE } from './issue-session.ts'
import { loginStatuses } from './prepare-session-opening.ts'
import type { endExpiredOrReusedSession } from './query/end-expired-or-reused-session.ts'

/**
 * Exchanges a refresh token for a new pair. If a confidential client got the token for an authorization code, that client must prove itself. Otherwise the token is enough. Within ten seconds, a repeat gets the same new refresh token, unless that was exchanged. Any later use ends the session. Refuses `session_ended`, and
 * `invalid_client` where that client has not proven itself; then the session goes on.
 */
export async function refreshSession(
  ctx: Context,
  token: RefreshToken,
  client: ProvenClient | null,
): Promise<Session> {
  const session = await rotate(ctx, token, client?.id ?? null, client?.spent)
  if (session === null) throw new Refusal('session_ended')
  return session
}

/**
 * The refresh-token grant (RFC 6749, 6): a client gets new tokens for its own sessions. A session has one scope, so there is no
 * narrower one. Refuses `invalid_grant`, and `invalid_scope`, after which the refresh token is still good.
 */
export async function grantByRefreshToken(
  ctx: Context,
  client: ProvenClient,
  text: string,
  asked: string | undefined,
): Promise<GrantedToken> {
  const scope = narrowScope([SHOPPER_SCOPE], asked)
  const token = readRefreshToken(ctx.keyring, text)
  const isClients = token !== null && token.tenant === client.tenant
  const session = isClients ? await rotate(ctx, token, client.id, client.spent) : null
  if (session === null) throw new Refusal('invalid_grant')
  const { accessToken, refreshToken, expiresIn } = session
  return { tenant: client.tenant, token: accessToken, refreshToken, lifetime: expiresIn, scope }
}

/** The session with new tokens; null when the session is over, or when it is another client's. */
async function rotate(
  ctx: Context,
  token: RefreshToken,
  clientId: string | null,
  spent: ProvenClient['spent'] = {},
): Promise<Session | null> {
  const { sessionId } = token
  const { child, rotation } = rotationOf(ctx, token, clientId)
  const { tenant, id, hash, nextHash } = rotation
  const first =
    clientId === null
      ? { needed: query.refuseUnprovenClient({ tenant, id, hash, nextHash }) }
      : spent
  const ended = query.endExpiredOrReusedSession({
    ...newEventValues(ctx),
    ...newMailValues(ctx),
    ...rotation,
  })
  const opener = await ctx.identity.accounts.renew(ctx, rotation)
  if (opener === null) {
    await noteEnd(ctx, (await commit(ctx, { ...first, ended })).ended)
    return null
  }
  const found = query.refreshSession({ ...rotation, currency: ctx.settings.currency })
  const results = await commit(ctx, { ...first, ended, found, ...opener.statements(sessionId) })
  const [session] = results.found
  if (session !== undefined) {
    const { clientId, provenAt } = session
    if (!ctx.identity.knows(clientId)) return null
    if (provenAt === null && !ctx.identity.mayOpen(clientId)) return null
    return issueSession(ctx, opener, { sessionId, refreshToken: child.text, ...session })
  }
  await noteEnd(ctx, results.ended)
  return null
}

function rotationOf(ctx: Context, token: RefreshToken, clientId: string | null) {
  const child = nextRefreshToken(ctx.keyring, token)
  const rotation = {
    tenant: token.tenant,
    id: token.sessionId,
    clientId,
    hash: token.hash,
    nextHash: child.hash,
    statuses: loginStatuses(ctx),
    now: ctx.now.toISOString(),
  }
  return { child, rotation }
}

/**
 * Logs out: a refresh token ends its session, if that is this client's (null: any client's). A spent token causes the same event and mail as at a refresh. A repeat changes nothing.
 * @param spent what the client's proof writes.
 */
export async function endSessionByToken(
  ctx: Context,
  token: RefreshToken,
  clientId: string | null,
  spent: ProvenClient['spent'] = {},
): Promise<void> {
  const { rotation } = rotationOf(ctx, token, clientId)
  const { tenant, sessionId: id } = token
  const { reused, ended } = await commit(ctx, {
    ...spent,
    reused: query.endExpiredOrReusedSession({
      ...newEventValues(ctx),
      ...newMailValues(ctx),
      ...rotation,
    }),
    ended: query.endSession({ tenant, id, clientId }),
  })
  await noteEnd(ctx, reused)
  await ctx.identity.accounts.end(ctx, ended)
}

type Ended = EndedSession & RowOf<typeof endExpiredOrReusedSession>

async function noteEnd(ctx: Context, ended: readonly Ended[]): Promise<void> {
  for (const { customerId, clientId, isReused } of ended) {
    ctx.outcome.isReused = isReused
    ctx.outcome.endedOf = clientId
    ctx.outcome.tried = accountKeyedHash(ctx.keyring, customerId)
  }
  await ctx.identity.accounts.end(ctx, ended)
}
