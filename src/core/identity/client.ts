import { createHash, timingSafeEqual } from 'node:crypto'
import type { Keyring, Scope } from '#core/context'
import { Refusal } from '#kernel/error'
import type { AccessClaims } from './access-token.ts'
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

/** Whether everybody knows the client's secret: that of a storefront is in the browsers of its visitors. */
export const isPublic = ({ scopes }: Client): boolean => scopes.includes('customer:register')

/** Whether a client may open sessions for customers. */
export const mayOpenSessions = (client: Client | undefined): boolean =>
  client?.scopes.includes('session:create') === true

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

/** A client that has shown one of its secrets. */
type ProvenClient = Client & { readonly shown: string }

/** The client with this id and secret; null when there is none. */
export function findClient(
  clients: ReadonlyMap<string, Client>,
  { ids, secrets }: ClientCredentials,
): ProvenClient | null {
  const candidates = ids.map((id) => {
    const client = clients.get(id)
    const shown = findShown(secrets, client?.secrets ?? [])
    return client !== undefined && shown !== undefined ? { ...client, shown } : null
  })
  return candidates[0] ?? candidates[1] ?? null
}

/** The mark of a client's secret in its tokens. It tells nothing about the secret. */
export const clientMark = (keyring: Keyring, { tenant, id }: Client, secret: string): string =>
  keyring.mac('client-mark', `${tenant} ${id} ${secret}`).slice(0, MARK_CHARACTERS)

const MARK_CHARACTERS = 22

/** Whether today's configuration names a client of a tenant. */
export type Knows = (tenant: string, clientId: string) => boolean

/**
 * Refuses `invalid_token` for a token of this service that today's configuration would not give any more: its client, one of its scopes
 * or the secret for which it was given is gone, or the client is another tenant's. A shopper's token needs the client of its session, and the
 * right of a service that opened it.
 */
export function makeConfigurationCheck(
  clients: ReadonlyMap<string, Client>,
  knows: Knows,
  keyring: Keyring,
): (claims: AccessClaims) => void {
  const marks = new Map<Client, ReadonlySet<string>>()
  const marksOf = (client: Client) => {
    const known = marks.get(client)
    if (known !== undefined) return known
    const made = new Set(client.secrets.map((secret) => clientMark(keyring, client, secret)))
    marks.set(client, made)
    return made
  }
  return ({ client_id: id, tenant, sid, by_service: isOpened, mark = '', scope }) => {
    if (!knows(tenant, id)) throw new Refusal('invalid_token')
    const client = clients.get(id)
    if (isOpened && !mayOpenSessions(client)) throw new Refusal('invalid_token')
    if (sid !== undefined) return
    const given: readonly string[] = client?.scopes ?? []
    const isGiven = scope.split(' ').every((one) => one === '' || given.includes(one))
    if (client === undefined || !isGiven || !marksOf(client).has(mark)) {
      throw new Refusal('invalid_token')
    }
  }
}

/**
 * The client-credentials grant (RFC 6749, 4.4). Refuses `invalid_scope`.
 * @param scope space separated; absent: all scopes of the client.
 * @param lifetime in seconds.
 */
export async function grantClientCredentials(
  { issuer, keyring }: { readonly issuer: Issuer; readonly keyring: Keyring },
  client: ProvenClient,
  scope: string | undefined,
  lifetime: number,
): Promise<Grant> {
  const granted = narrowScope(client.scopes, scope)
  const claims = {
    sub: client.id,
    client_id: client.id,
    tenant: client.tenant,
    scope: granted,
    mark: clientMark(keyring, client, client.shown),
  }
  const { tenant } = client
  return { tenant, token: await issuer.sign(claims, lifetime), scope: claims.scope, lifetime }
}

/** The known secret that was shown. Always compares both readings with two digests, so that the time reveals nothing about the secrets. */
function findShown(
  readings: readonly [string, string],
  known: readonly string[],
): string | undefined {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  const given = readings.map(digest)
  const matches = [known[0], known[1]].flatMap((candidate) => {
    const expected = digest(candidate ?? '')
    return given.map((one) => (timingSafeEqual(one, expected) ? candidate : undefined))
  })
  return matches.find((match) => match !== undefined)
}
