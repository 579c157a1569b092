import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { type Context, commitQuietly, look, one, read, rows } from '#core/context'
import { textArray } from '#core/outbox'
import { Refusal } from '#kernel/error'
import type { EndedSession, Entry, Opener, ProviderTokens, Renewal } from '../accounts.ts'
import { readCredential } from './credential.ts'
import type { Issued, TokenDesk } from './token.ts'

export const tokenHash = (token: string): string =>
  createHash('sha256').update(token).digest('base64url')

const sealContext = (tenant: string, sessionId: string) => `${tenant} ${sessionId}`

/** A session of the provider's tokens. The refresh token stays here, sealed: who logs out ends it with the session. */
function openerOf(ctx: Context, tokens: ProviderTokens): Opener {
  const { accessToken, refreshToken, issuedAt, expiresAt } = tokens
  const { tenant } = ctx
  return {
    statements: (sessionId) => ({
      providerAccess:
        rows(sql`select keep_session_token(${tenant}, ${tokenHash(accessToken)}, ${sessionId},
        ${issuedAt.toISOString()}::timestamptz, ${expiresAt.toISOString()}::timestamptz)`),
      providerRefresh:
        rows(sql`update session set provider_refresh = coalesce(${sealed(ctx, refreshToken, sessionId)},
        provider_refresh) where tenant = ${tenant} and id = ${sessionId}`),
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

/** The refresh token had never left this service, and is forgotten; the access token may be believed elsewhere unless it is told. */
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
  const { link, found } = await read(ctx, {
    link: look(sql`select from mail_token where tenant = ${ctx.tenant} and id = ${id} and hash = ${hash}
      and expires_at > ${ctx.now.toISOString()}::timestamptz`),
    found: look<Renewable>(renewable(ctx, sessionId)),
  })
  if (link.length === 0) throw new Refusal('mail_token_invalid')
  if (found[0]?.sealed === null) throw passwordNeeded()
  const issued = await renewWith(ctx, desk, sessionId, found[0])
  if (issued === null) throw new Refusal('session_ended')
  return openerOf(ctx, issued)
}

/** A session of tokens from elsewhere cannot be gone on with here. */
const passwordNeeded = () =>
  new Refusal('invalid_input', {
    errors: [{ path: 'password', code: 'required', message: 'Is required.' }],
  })

type Renewable = { readonly sealed: string | null; readonly credential: string | null }

const renewable = ({ tenant }: Context, sessionId: string) =>
  sql`select s.provider_refresh as sealed, c.password_hash as credential
    from session s join customer c on c.tenant = s.tenant and c.id = s.customer_id
    where s.tenant = ${tenant} and s.id = ${sessionId}`

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
 * New tokens for a session. Ours is judged first, and stays good while the provider is away; when the provider's is used up, by
 * whomever, the session ends like one whose own refresh token came twice.
 */
export async function renewForHanzo(
  ctx: Context,
  desk: TokenDesk,
  { sessionId, clientId, hash, statuses }: Renewal,
): Promise<Opener | null> {
  const { held, found } = await commitQuietly(ctx, {
    held: one<{ customer: string | null }>(
      sql`select rotate_session(${ctx.tenant}, ${sessionId}, ${clientId}, ${hash}, ${hash}, ${textArray([...statuses])},
        ${ctx.now.toISOString()}::timestamptz) as customer`,
    ),
    found: look<Renewable>(renewable(ctx, sessionId)),
  })
  if (held.customer === null) return null
  const issued = await renewWith(ctx, desk, sessionId, found[0])
  if (issued !== null) return openerOf(ctx, issued)
  await commitQuietly(ctx, {
    ended: rows(sql`delete from session where tenant = ${ctx.tenant} and id = ${sessionId}`),
  })
  return null
}
