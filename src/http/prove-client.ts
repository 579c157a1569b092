import type { Context as HonoContext } from 'hono'
import {
  type Client,
  type ClientCredentials,
  findClientBySecret,
  isPublicClient,
  type ProvenClient,
  verifyClientAssertion,
} from '#core/identity'
import { edgePlace } from './caller-and-edge-place.ts'
import { heedEdgeLimit } from './edge-limit.ts'
import type { Env } from './env.ts'

/** The client that proves itself, or a public one that says its name; null when there is none. Refuses `too_many_requests` after many wrong proofs from one place. */
export async function proveClient(
  c: HonoContext<Env>,
  credentials: ClientCredentials,
): Promise<ProvenClient | null> {
  const { config, identity } = c.env
  const address = edgePlace(c)
  const [named] = credentials.ids.flatMap((id) => config.clients.get(id) ?? [])
  if (named !== undefined) c.set('shown', { tenant: named.tenant, client: named.id })
  const isName = credentials.by === 'name' && (named === undefined || isPublicClient(named))
  // A name is no try of a proof. Strangers who try secrets of a storefront shut its visitors out from nothing that needs none.
  if (!isName) identity.secretGuard.refuseBlocked(credentials.ids, address)
  const client = await find(c, credentials, named)
  // Everybody knows the secret of a storefront.
  if (named === undefined || isName || (client !== null && isPublicClient(client))) {
    await heedEdgeLimit(c.env, address, 'client')
  }
  if (client === null && named !== undefined) await identity.secretGuard.count(named, address)
  return client
}

async function find(
  { env: { config, identity, now } }: HonoContext<Env>,
  credentials: ClientCredentials,
  named: Client | undefined,
): Promise<ProvenClient | null> {
  if (credentials.by === 'secret') {
    return findClientBySecret(config.clients, credentials.ids, credentials.secrets)
  }
  if (named === undefined) return null
  if (credentials.by === 'name')
    return isPublicClient(named) ? { ...named, shown: null, spent: {} } : null
  const at = { issuer: identity.issuer.url, now: now() }
  return verifyClientAssertion(named, credentials.assertion, at)
}
