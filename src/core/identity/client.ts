import { createHash, timingSafeEqual } from 'node:crypto'
import type { Scope } from '#core/context'
import type { Issuer } from './issuer.ts'

/** A machine that may ask for tokens: a service, or a storefront's public client. */
export type Client = {
  readonly id: string
  readonly tenant: string
  readonly scopes: readonly Scope[]
  /** Two while one is being replaced. */
  readonly secrets: readonly string[]
}

export type ClientCredentials = {
  readonly clientId: string
  readonly clientSecret: string
  /** Space separated; absent: all that the client has. */
  readonly scope?: string | undefined
  /** Seconds the token lives. */
  readonly lifetime: number
}

/** RFC 6749, 5.2. */
export type OAuthError =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'invalid_scope'

export type Grant =
  | { readonly token: string; readonly scope: string; readonly lifetime: number }
  | { readonly error: OAuthError }

/** The client-credentials grant (RFC 6749, 4.4). */
export async function grantClientCredentials(
  clients: ReadonlyMap<string, Client>,
  issuer: Issuer,
  { clientId, clientSecret, scope, lifetime }: ClientCredentials,
): Promise<Grant> {
  const client = clients.get(clientId)
  if (!isOneOf(clientSecret, client?.secrets ?? []) || client === undefined) {
    return { error: 'invalid_client' }
  }
  const asked = scope?.split(' ').filter(Boolean) ?? client.scopes
  const granted = client.scopes.filter((known) => asked.includes(known))
  if (granted.length < new Set(asked).size || granted.length === 0)
    return { error: 'invalid_scope' }
  const claims = {
    sub: client.id,
    client_id: client.id,
    tenant: client.tenant,
    scope: granted.join(' '),
  }
  return { token: await issuer.sign(claims, lifetime), scope: claims.scope, lifetime }
}

/** Compares digests, always two of them, so that the time says nothing about the secrets. */
function isOneOf(secret: string, known: readonly string[]): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  const given = digest(secret)
  const matches = [known[0], known[1]].map(
    (candidate) => timingSafeEqual(given, digest(candidate ?? '')) && candidate !== undefined,
  )
  return matches.includes(true)
}
