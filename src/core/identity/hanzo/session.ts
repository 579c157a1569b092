import { createHash } from 'node:crypto'
import { type Context, commitWithoutKey, read } from '#core/context'
import { Refusal } from '#kernel/error'
import type {
  EndedSession,
  LoginProof,
  ProviderTokens,
  SessionOpener,
  SessionRenewal,
} from '../account-provider.ts'
import * as query from '../generated/query.ts'
import { mustTakePasswords } from '../must-take-passwords.ts'
import { readHanzoCredential } from './credential.ts'
import type { IssuedTokens, TokenClient } from './token-client.ts'

export const accessTokenHash = (token: string): string =>
  createHash('sha256').update(token).digest('base64url')

const sealContext = (tenant: string, sessionId: string) => `${tenant} ${sessionId}`

/** A session with the provider's tokens. This service keeps the refresh token sealed. A logout ends both the session and the refresh token. */
function openerOf(ctx: Context, tokens: ProviderTokens): SessionOpener {
  const { accessToken, refreshToken, issuedAt, expiresAt } = tokens
  return {
    statements: (sessionId) => ({
      provider: query.storeProviderTokens({
        tenant: ctx.tenant,
        sessionId,
        hash: accessTokenHash(accessToken),
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

/** Null for a text that cannot be unsealed any more: its session ends. */
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

/** Revokes the provider's tokens, because other services accept the access token until then. The refresh token has never left this service. */
export async function revokeHanzoTokens(
  ctx: Context,
  desk: TokenClient,
  sessions: readonly EndedSession[],
): Promise<void> {
  const tokens = sessions.flatMap(({ id, sealed: text }) => unsealed(ctx, text, id) ?? [])
  await Promise.all(tokens.slice(0, REVOKED_AT_ONCE).map(desk.revoke))
}

export async function makeHanzoSessionOpener(
  ctx: Context,
  desk: TokenClient,
  entry: LoginProof,
): Promise<SessionOpener> {
  if (entry.by === 'session') return openBySession(ctx, desk, entry.link)
  if ('grant' in entry && entry.grant !== undefined) return openerOf(ctx, entry.grant)
  if (entry.by !== 'password') throw new Refusal('identity_elsewhere')
  mustTakePasswords(ctx)
  const own = readHanzoCredential(entry.credential)
  const issued = own === null ? null : await desk.byPassword(own.name, entry.password)
  if (issued === null || !isOf(issued, own?.identity)) throw new Refusal('invalid_credentials')
  return openerOf(ctx, issued)
}

const isOf = ({ bearer }: IssuedTokens, identity: string | undefined): boolean =>
  bearer.service === null && bearer.identity === identity

/** The caller's session ends with the commit, and the new one takes over its refresh token. A spent link is refused before. */
async function openBySession(
  ctx: Context,
  desk: TokenClient,
  { id, hash }: { readonly id: string; readonly hash: string },
): Promise<SessionOpener> {
  if (ctx.actor.type !== 'shopper') throw new Refusal('caller_not_allowed')
  const { sessionId } = ctx.actor
  const { found } = await read(ctx, {
    found: query.findSessionAndCheckMailLink({
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

/** The refusal for a session whose tokens came from elsewhere: this service cannot renew it. */
const passwordNeeded = () =>
  new Refusal('invalid_input', {
    errors: [{ path: 'password', code: 'required', message: 'Is required.' }],
  })

type Renewable = { readonly sealed: string | null; readonly credential: string | null }

async function renewWith(
  ctx: Context,
  desk: TokenClient,
  sessionId: string,
  found: Renewable | undefined,
): Promise<IssuedTokens | null> {
  const refreshToken = unsealed(ctx, found?.sealed ?? null, sessionId)
  if (refreshToken === null || found === undefined) return null
  const issued = await desk.byRefresh(refreshToken)
  const own = readHanzoCredential(found.credential)
  return issued !== null && isOf(issued, own?.identity) ? issued : null
}

/** Longer than the provider may take to answer: discovery, the grant and the keys. */
const LEASE_MS = 30_000
const RETRY_AFTER = 1

/**
 * Renews the tokens of a session, if the service's own refresh token is good; null if it is not. The service's own refresh token stays valid while the provider is away. If the provider's refresh token was used before, the session ends. Of two concurrent requests, one asks the provider, because its token can be used only once. The other gets `issuer_unavailable`, and the same child token a second later.
 */
export async function renewHanzoSession(
  ctx: Context,
  desk: TokenClient,
  renewal: SessionRenewal,
): Promise<SessionOpener | null> {
  const { tenant, id } = renewal
  const until = new Date(ctx.now.getTime() + LEASE_MS).toISOString()
  const { leased, found } = await commitWithoutKey(ctx, {
    leased: query.leaseProviderToken({ ...renewal, until }),
    found: query.findRenewableSession(renewal),
  })
  const [renewable] = found
  if (renewable === undefined) return null
  if (leased.length === 0) throw new Refusal('issuer_unavailable', { retryAfter: RETRY_AFTER })
  const issued = await renewOrReturn(ctx, desk, id, renewable)
  if (issued !== null) return openerOf(ctx, issued)
  await commitWithoutKey(ctx, { ended: query.deleteUnrenewedSession({ tenant, id }) })
  return null
}

/** If the provider does not answer, it has not used up its token. So the next request may use it at once. */
async function renewOrReturn(ctx: Context, desk: TokenClient, id: string, renewable: Renewable) {
  try {
    return await renewWith(ctx, desk, id, renewable)
  } catch (error) {
    await commitWithoutKey(ctx, { lease: query.endProviderTokenLease({ tenant: ctx.tenant, id }) })
    throw error
  }
}
