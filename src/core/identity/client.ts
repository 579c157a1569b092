import { createHash, timingSafeEqual } from 'node:crypto'
import type { Scope } from '#core/context'
import type { Issuer } from './issuer.ts'
import { narrowScope } from './scope.ts'

/** A machine that may ask for tokens: a service, or a storefront's public client. */
export type Client = {
  readonly id: string
  readonly tenant: string
  readonly scopes: readonly Scope[]
  /** There are two while one is being replaced. */
  readonly secrets: readonly string[]
}

/** A granted access token. */
export type Grant = {
  readonly tenant: string
  readonly token: string
  /** Space separated. */
  readonly scope: string
  /** Seconds. */
  readonly lifetime: number
  readonly refreshToken?: string
}

/** What a client says who it is. Each value has two readings, for it may have been encoded or not; they are alike if it can't have been. */
export type ClientCredentials = {
  readonly ids: readonly [string, string]
  readonly secrets: readonly [string, string]
}

/** The client with this id and secret; null when there is none. */
export function findClient(
  clients: ReadonlyMap<string, Client>,
  { ids, secrets }: ClientCredentials,
): Client | null {
  const candidates = ids.map((id) => {
    const client = clients.get(id)
    return isOneOf(secrets, client?.secrets ?? []) && client !== undefined ? client : null
  })
  return candidates[0] ?? candidates[1] ?? null
}

/**
 * The client-credentials grant (RFC 6749, 4.4). Refuses `invalid_scope`.
 * @param scope space separated; absent: all scopes of the client.
 * @param lifetime in seconds.
 */
export async function grantClientCredentials(
  issuer: Issuer,
  client: Client,
  scope: string | undefined,
  lifetime: number,
): Promise<Grant> {
  const granted = narrowScope(client.scopes, scope)
  const claims = {
    sub: client.id,
    client_id: client.id,
    tenant: client.tenant,
    scope: granted,
  }
  const { tenant } = client
  return { tenant, token: await issuer.sign(claims, lifetime), scope: claims.scope, lifetime }
}

/** Always compares both readings with two digests, so that the time reveals nothing about the secrets. */
function isOneOf(readings: readonly [string, string], known: readonly string[]): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  const given = readings.map(digest)
  const matches = [known[0], known[1]].flatMap((candidate) => {
    const expected = digest(candidate ?? '')
    return given.map((one) => timingSafeEqual(one, expected) && candidate !== undefined)
  })
  return matches.includes(true)
}
