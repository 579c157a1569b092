import { createHash, timingSafeEqual } from 'node:crypto'
import type { Scope } from '#core/context'
import type { Issuer } from './issuer.ts'

/** A machine that may ask for tokens: a service, or a storefront's public client. */
export type Client = {
  readonly id: string
  readonly tenant: string
  readonly scopes: readonly Scope[]
  /** There are two while one is being replaced. */
  readonly secrets: readonly string[]
}

/** RFC 6749, 5.2, and RFC 7009, 2.2.1. */
export type OAuthError =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'invalid_scope'
  | 'unsupported_token_type'

export type Grant =
  | {
      readonly token: string
      readonly scope: string
      /** Seconds. */
      readonly lifetime: number
      readonly refreshToken?: string
    }
  | { readonly error: OAuthError }

/** The client with this name and secret; null when there is none. */
export function findClient(
  clients: ReadonlyMap<string, Client>,
  id: string,
  secret: string,
): Client | null {
  const client = clients.get(id)
  return isOneOf(secret, client?.secrets ?? []) && client !== undefined ? client : null
}

/**
 * The client-credentials grant (RFC 6749, 4.4).
 * @param scope space separated; absent: all scopes of the client.
 * @param lifetime in seconds.
 */
export async function grantClientCredentials(
  issuer: Issuer,
  client: Client,
  scope: string | undefined,
  lifetime: number,
): Promise<Grant> {
  const asked = scope?.split(' ').filter(Boolean) ?? client.scopes
  const granted = client.scopes.filter((known) => asked.includes(known))
  if (granted.length < new Set(asked).size || granted.length === 0) {
    return { error: 'invalid_scope' }
  }
  const claims = {
    sub: client.id,
    client_id: client.id,
    tenant: client.tenant,
    scope: granted.join(' '),
  }
  return { token: await issuer.sign(claims, lifetime), scope: claims.scope, lifetime }
}

/** Always compares two digests, so that the time reveals nothing about the secrets. */
function isOneOf(secret: string, known: readonly string[]): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  const given = digest(secret)
  const matches = [known[0], known[1]].map(
    (candidate) => timingSafeEqual(given, digest(candidate ?? '')) && candidate !== undefined,
  )
  return matches.includes(true)
}
