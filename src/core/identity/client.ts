import { createHash, timingSafeEqual } from 'node:crypto'
import {
  type Context,
  canonicalKeyText,
  commitWithoutKey,
  type Keyring,
  type PublicKey,
  type Runner,
  type Scope,
} from '#core/context'
import type { Statement } from '#db/statement'
import { Refusal } from '#kernel/error'
import type { AccessClaims } from './access-token-claims.ts'
import type { EmbeddedIssuer } from './embedded-issuer.ts'
import { narrowScope } from './narrow-scope.ts'

/** A machine that may ask for tokens: a service, a storefront's public client, or a program into which shoppers log in. */
export type Client = {
  readonly id: string
  readonly tenant: string
  /** What the login page calls it. */
  readonly name: string
  readonly scopes: readonly Scope[]
  /** There are two while one is being replaced. */
  readonly secrets: readonly string[]
  /** The public keys of a client that signs assertions instead of showing a secret. */
  readonly keys: readonly PublicKey[]
  /** Where a login on the page may lead to. */
  readonly redirectUris: readonly string[]
}

/** Whether the client keeps no secret: it has none, or its secret is public. A storefront's secret is in its visitors' browsers. */
export const isPublicClient = ({ scopes, secrets, keys }: Client): boolean =>
  scopes.includes('customer:register') || secrets.length + keys.length === 0

/** Whether a client may open sessions for customers. */
export const mayOpenSessions = (client: Client | undefined): boolean =>
  client?.scopes.includes('session:create') === true

/** A granted access token. */
export type GrantedToken = {
  readonly tenant: string
  readonly token: string
  /** Space separated. */
  readonly scope: string
  /** Seconds. */
  readonly lifetime: number
  readonly refreshToken?: string
}

/** The credentials that a client sends. Each value has two readings, encoded and not encoded. They are equal if the value cannot have been encoded. */
export type ClientCredentials = {
  readonly ids: readonly [string, string]
} & (
  | { readonly by: 'secret'; readonly secrets: readonly [string, string] }
  | { readonly by: 'assertion'; readonly assertion: string }
  /** The client sends only its id. */
  | { readonly by: 'name' }
)

/** A client that has proven itself, or a public one that has said its name. */
export type ProvenClient = Client & {
  /** The secret or the key that it has shown; null for a name alone. */
  readonly shown: string | null
  /** The statements that spend a one-time proof. They belong at the head of the commit. They refuse `invalid_client` if the proof was used before. */
  readonly spent: Readonly<Record<string, Statement<unknown, 'write'>>>
}

/** The client with this id and secret; null when there is none. */
export function findClientBySecret(
  clients: ReadonlyMap<string, Client>,
  ids: readonly [string, string],
  secrets: readonly [string, string],
): ProvenClient | null {
  const candidates = ids.map((id) => {
    const client = clients.get(id)
    const shown = findShown(secrets, client?.secrets ?? [])
    return client !== undefined && shown !== undefined ? { ...client, shown, spent: {} } : null
  })
  return candidates[0] ?? candidates[1] ?? null
}

/** The mark of a client's secret or key in its tokens. It tells nothing about the secret. */
export const clientSecretMark = (
  keyring: Keyring,
  { tenant, id }: Pick<Client, 'tenant' | 'id'>,
  secret: string,
): string => keyring.mac('client-mark', `${tenant} ${id} ${secret}`).slice(0, MARK_CHARACTERS)

const MARK_CHARACTERS = 22

/** Whether today's configuration names a client of a tenant. */
export type KnowsClient = (tenant: string, clientId: string) => boolean

/**
 * Refuses `invalid_token` for a token that today's configuration would not issue. Its client, one of its scopes, or its secret or key was removed, or the client is of another tenant. A shopper's token needs the client of its session. If a service opened the session, the service still needs the right to do so.
 */
export function makeTokenConfigurationCheck(
  clients: ReadonlyMap<string, Client>,
  knows: KnowsClient,
  keyring: Keyring,
): (claims: AccessClaims) => void {
  const marks = new Map<Client, ReadonlySet<string>>()
  const marksOf = (client: Client) => {
    const known = marks.get(client)
    if (known !== undefined) return known
    const proofs = [...client.secrets, ...client.keys.map(canonicalKeyText)]
    const made = new Set(proofs.map((proof) => clientSecretMark(keyring, client, proof)))
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
 * The client-credentials grant (RFC 6749, 4.4). Refuses `unauthorized_client` to a client without scopes of its own, `invalid_client` to one
 * that has shown nothing, and `invalid_scope`.
 * @param scope space separated; absent: all scopes of the client.
 * @param lifetime in seconds.
 */
export async function grantClientCredentials(
  ctx: Runner & Pick<Context, 'keyring'>,
  issuer: EmbeddedIssuer,
  client: ProvenClient,
  { scope, lifetime }: { readonly scope: string | undefined; readonly lifetime: number },
): Promise<GrantedToken> {
  const { id, tenant, scopes, shown, spent } = client
  if (scopes.length === 0) throw new Refusal('unauthorized_client')
  if (shown === null) throw new Refusal('invalid_client')
  const granted = narrowScope(scopes, scope)
  const mark = clientSecretMark(ctx.keyring, client, shown)
  const claims = { sub: id, client_id: id, tenant, scope: granted, mark }
  const token = await issuer.sign(claims, lifetime)
  await spendClientProof(ctx, spent)
  return { tenant, token, scope: granted, lifetime }
}

/** Spends a client's one-time proof if the request makes no other commit. Refuses `invalid_client`. */
export async function spendClientProof(ctx: Runner, spent: ProvenClient['spent']): Promise<void> {
  if (Object.keys(spent).length > 0) await commitWithoutKey(ctx, spent)
}

/** The known secret that equals one of the readings. Always compares both readings with two digests, so that the time reveals nothing about the secrets. */
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
