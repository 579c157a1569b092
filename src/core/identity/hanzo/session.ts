import { createHash } from 'node:crypto'
import { type Context, commitQuietly, read } from '#core/context'
import { Refusal } from '#kernel/error'
import type { EndedSession, Entry, Opener, ProviderTokens, Renewal } from '../accounts.ts'
import * as query from '../generated/query.ts'
import { mustTakePasswords } from '../takes-passwords.ts'
import { readCredential } from './credential.ts'
import type { Issued, TokenDesk } from './token.ts'

export const tokenHash = (token: string): string =>
  createHash('sha256').update(token).digest('base64url')

const sealContext = (tenant: string, sessionId: string) => `${tenant} ${sessionId}`

/** A session with the provider's tokens. The refresh token stays here, sealed: a logout ends it with the session. */
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

/** Revokes the access tokens: others accept them until then. The refresh token never left this service. */
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
  if ('grant' in entry && entry.grant !== undefined) return openerOf(ctx, entry.grant)
  if (entry.by !== 'password') throw new Refusal('identity_elsewhere')
  mustTakePasswords(ctx)
  const own = readCredential(entry.credential)
  const issued = own === null ? null : await desk.byPassword(own.name, entry.password)
  if (issued === null || !isOf(issued, own?.identity)) throw new Refusal('invalid_credentials')
  return openerOf(ctx, issued)
}

const isOf = ({ bearer }: Issued, identity: string | undefined): boolean =>
  bearer.service === null && bearer.identity === identity

/** The caller's session ends with the commit, and the new one takes over its refresh token. A spent link is refused before. */
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

/** The refusal for a session whose tokens came from elsewhere: this service cannot renew it. */
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

/** Longer than the provider may take to answer: discovery, the grant and the keys. */
const LEASE_MS = 30_000
const RETRY_AFTER = 1

/**
 * Renews the tokens of a session, if the service's own refresh token is good; null if it is not. That token stays good while the
 * provider is away. If the provider's was used before, the session ends. Of two at once one asks the provider, for its token can be
 * used once; the other is refused with `issuer_unavailable`, and gets the same child a second later.
 */
export async function renewForHanzo(
  ctx: Context,
  desk: TokenDesk,
  renewal: Renewal,
): Promise<Opener | null> {
  const { tenant, id } = renewal
  const until = new Date(ctx.now.getTime() + LEASE_MS).toISOString()
  const { leased, found } = await commitQuietly(ctx, {
    leased: query.leaseProviderToken({ ...renewal, until }),
    found: query.findRenewable(renewal),
  })
  const [renewable] = found
  if (renewable === undefined) return null
  if (leased.length === 0) throw new Refusal('issuer_unavailable', { retryAfter: RETRY_AFTER })
  const issued = await renewOrReturn(ctx, desk, id, renewable)
  if (issued !== null) return openerOf(ctx, issued)
  await commitQuietly(ctx, { ended: query.deleteSession({ tenant, id }) })
  return null
}

/** A provider that does not answer has not taken its token: the next request may use it at once. */
async function renewOrReturn(ctx: Context, desk: TokenDesk, id: string, renewable: Renewable) {
  try {
    return await renewWith(ctx, desk, id, renewable)
  } catch (error) {
    await commitQuietly(ctx, { lease: query.returnProviderToken({ tenant: ctx.tenant, id }) })
    throw error
  }
}
