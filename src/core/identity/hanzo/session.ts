import { createHash } from 'node:crypto'
import { type Context, commitQuietly, read } from '#core/context'
import { Refusal } from '#kernel/error'
import type { EndedSession, Entry, Opener, ProviderTokens, Renewal } from '../accounts.ts'
import * as query from '../generated/query.ts'
import { readCredential } from './credential.ts'
import type { Issued, TokenDesk } from './token.ts'

export const tokenHash = (token: string): string =>
  createHash('sha256').update(token).digest('base64url')

const sealContext = (tenant: string, sessionId: string) => `${tenant} ${sessionId}`

/** A session of the provider's tokens. The refresh token stays here, sealed: who logs out ends it with the session. */
function openerOf(ctx: Context, tokens: ProviderTokens): Opener {
  const { accessToken, refreshToken, issuedAt, expiresAt } = tokens
  return {
    statements: (sessionId) => ({
      provider: query.storeProviderTokens({
        tenant: ctx.tenant,
        sessionId,
        hash: tokenHash(accessToken),
        issuedAt: issuedAt.toISOString(),
        expiresAt: expiresAt.toISOString(),
        sealed: sealed(ctx, refreshToken, sessionId),
      }),
    }),
    issue: async () => ({
      token: accessToken,
      seconds: Math.max(0, Math.floor((expiresAt.getTime() - ctx.now.getTime()) / 1000)),
    }),
  }
}

const sealed = ({ keyring, tenant }: Context, token: string | null, sessionId: string) =>
  token === null ? null : keyring.seal('provider-refresh', token, sealContext(tenant, sessionId))

/** Null for what cannot be opened any more: its session ends. */
function unsealed({ keyring, tenant }: Context, text: string | null, sessionId: string) {
  try {
    return text === null
      ? null
      : keyring.open('provider-refresh', text, sealContext(tenant, sessionId))
  } catch {
    return null
  }
}

const REVOKED_AT_ONCE = 10

/** The refresh token had never left this service, and is forgotten; others may believe the access token until the provider revokes it. */
export async function endAtHanzo(
  ctx: Context,
  desk: TokenDesk,
  sessions: readonly EndedSession[],
): Promise<void> {
  const tokens = sessions.flatMap(({ id, sealed: text }) => unsealed(ctx, text, id) ?? [])
  await Promise.all(tokens.slice(0, REVOKED_AT_ONCE).map(desk.revoke))
}

export async function openForHanzo(ctx: Context, desk: TokenDesk, entry: Entry): Promise<Opener> {
  if (entry.by === 'session') return openBySession(ctx, desk, entry.link)
  if (entry.grant !== undefined) return openerOf(ctx, entry.grant)
  const own = readCredential(entry.credential)
  const issued = own === null ? null : await desk.byPassword(own.name, entry.password)
  if (issued === null || !isOf(issued, own?.identity)) throw new Refusal('invalid_credentials')
  return openerOf(ctx, issued)
}

const isOf = ({ bearer }: Issued, identity: string | undefined): boolean =>
  bearer.service === null && bearer.identity === identity

/** The caller's session ends with the commit; its refresh token goes over to the one that opens. Not for a link that is spent. */
async function openBySession(
  ctx: Context,
  desk: TokenDesk,
  { id, hash }: { readonly id: string; readonly hash: string },
): Promise<Opener> {
  if (ctx.actor.type !== 'shopper') throw new Refusal('caller_not_allowed')
  const { sessionId } = ctx.actor
  const { found } = await read(ctx, {
    found: query.findLinkedSession({
      tenant: ctx.tenant,
      id: sessionId,
      linkId: id,
      linkHash: hash,
      now: ctx.now.toISOString(),
    }),
  })
  const [session] = found
  if (session?.isLinkGood === false) throw new Refusal('mail_token_invalid')
  if (session?.sealed === null) throw passwordNeeded()
  const issued = await renewWith(ctx, desk, sessionId, session)
  if (issued === null) throw new Refusal('session_ended')
  return openerOf(ctx, issued)
}

/** A session of tokens from elsewhere cannot be gone on with here. */
const passwordNeeded = () =>
  new Refusal('invalid_input', {
    errors: [{ path: 'password', code: 'required', message: 'Is required.' }],
  })

type Renewable = { readonly sealed: string | null; readonly credential: string | null }

async function renewWith(
  ctx: Context,
  desk: TokenDesk,
  sessionId: string,
  found: Renewable | undefined,
): Promise<Issued | null> {
  const refreshToken = unsealed(ctx, found?.sealed ?? null, sessionId)
  if (refreshToken === null || found === undefined) return null
  const issued = await desk.byRefresh(refreshToken)
  const own = readCredential(found.credential)
  return issued !== null && isOf(issued, own?.identity) ? issued : null
}

/**
 * New tokens for a session. Ours is checked first, and stays good while the provider is away. When the provider's was used before,
 * the session ends like one whose own refresh token came twice.
 */
export async function renewForHanzo(
  ctx: Context,
  desk: TokenDesk,
  { sessionId, clientId, hash, statuses }: Renewal,
): Promise<Opener | null> {
  const { tenant, now } = ctx
  const session = { tenant, id: sessionId }
  const { found } = await commitQuietly(ctx, {
    found: query.checkRefreshToken({
      ...session,
      clientId,
      hash,
      nextHash: hash,
      statuses,
      now: now.toISOString(),
    }),
  })
  const [renewable] = found
  if (renewable === undefined) return null
  const issued = await renewWith(ctx, desk, sessionId, renewable)
  if (issued !== null) return openerOf(ctx, issued)
  await commitQuietly(ctx, { ended: query.dropSession(session) })
  return null
}
