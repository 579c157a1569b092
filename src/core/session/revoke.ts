import { type Context, commitWithoutKey } from '#core/context'
import {
  type AccessClaims,
  isPublicClient,
  type ProvenClient,
  readRefreshToken,
  spendClientProof,
} from '#core/identity'
import {
  explainUnprovenLimitRefusal,
  noteRemainingUnprovenCreations,
  spendUnprovenQuota,
} from '#core/limit'
import { Refusal } from '#kernel/error'
import { endSessionOfClient } from './end.ts'
import * as query from './generated/query.ts'
import { endSessionByToken } from './refresh-and-end-by-token.ts'

/**
 * Token revocation (RFC 7009): a client ends one of its own access tokens, or one of its own sessions by either of its tokens. An unknown
 * or expired token, or another client's token, is no error. Refuses `unsupported_token_type` for the token of another issuer, and
 * `too_many_requests` for a storefront whose place has revoked too many.
 */
export async function revokeToken(ctx: Context, client: ProvenClient, text: string): Promise<void> {
  const { spent } = client
  const refresh = readRefreshToken(ctx.keyring, text)
  const access = refresh === null ? await readAccessToken(ctx, text) : null
  const { tenant, sessionId } = refresh ?? { tenant: access?.tenant, sessionId: access?.sid }
  if (tenant !== client.tenant) return spendClientProof(ctx, spent)
  if (refresh !== null) return endSessionByToken(ctx, refresh, client.id, spent)
  if (sessionId !== undefined) return endSessionOfClient(ctx, sessionId, client)
  const { jti: id, exp, client_id: owner } = access ?? {}
  if (owner !== client.id) return spendClientProof(ctx, spent)
  if (id === undefined || exp === undefined) throw new Refusal('unsupported_token_type')
  const expiresAt = new Date(exp * 1000).toISOString()
  const { made } = await explainUnprovenLimitRefusal(
    commitWithoutKey(ctx, {
      ...spent,
      ...(isPublicClient(client) ? { made: spendUnprovenQuota(ctx) } : {}),
      revoked: query.revokeClientToken({ tenant, id, expiresAt }),
    }),
  )
  noteRemainingUnprovenCreations(ctx, made)
}

const isNobodys: ReadonlySet<string> = new Set(['invalid_token', 'identity_unlinked'])

async function readAccessToken(ctx: Context, text: string): Promise<AccessClaims | null> {
  try {
    return await ctx.identity.verify(text)
  } catch (error) {
    if (error instanceof Refusal && isNobodys.has(error.code)) return null
    throw error
  }
}
