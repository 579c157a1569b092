import { decodeJwt } from 'jose'
import type { Deployment } from '#core/context'
import { Refusal } from '#kernel/error'
import type { VerifyAccessToken } from './access-token-verifier.ts'
import type { AccountProvider } from './account-provider.ts'
import {
  type Client,
  type KnowsClient,
  makeTokenConfigurationCheck,
  mayOpenSessions,
} from './client.ts'
import { type ClientSecretGuard, makeClientSecretGuard } from './client-secret-guard.ts'
import { makeEmbeddedAccountProvider } from './embedded-account-provider.ts'
import { type EmbeddedIssuer, makeEmbeddedIssuer } from './embedded-issuer.ts'
import { type Hanzo, type HanzoOptions, makeHanzo } from './hanzo/index.ts'
import type { HanzoTenant } from './hanzo/tenant.ts'
import { HANZO_PROVIDER, type LoginProvider } from './oidc/login-provider.ts'
import { makeRelyingParties } from './oidc/relying-parties.ts'
import type { RelyingParty } from './oidc/relying-party.ts'
import { type HashQueueClock, makePasswordHashQueue } from './password-hash-queue.ts'
import { makePasswordHasher, type PasswordHasher } from './password-hasher.ts'
import {
  type HashingRequest,
  makeRequestPasswordHasher,
  type RequestPasswordHasher,
} from './request-password-hasher.ts'
import type { SigningKeyOptions } from './signing-key.ts'

/** The identity provider of one tenant, for one request. */
export type IdentityProvider = {
  /** Password hashes of this service. Unproven registrations have such a hash with every provider. Each waits in the line of the isolate. */
  readonly passwords: RequestPasswordHasher
  readonly accounts: AccountProvider
  /** The providers at which shoppers may log in, by their names. */
  readonly providers: ReadonlyMap<string, RelyingParty>
  /** Checks access tokens of every issuer. */
  readonly verify: VerifyAccessToken
  /** Whether today's configuration names a client. The sessions of a removed client have ended. */
  readonly knows: (clientId: string) => boolean
  /** Whether today's configuration lets a client open sessions. Without that right, the sessions that it opened have ended. */
  readonly mayOpen: (clientId: string) => boolean
}

/** The identity providers of this deployment. */
export type IdentityProviders = {
  /** Makes the tokens of services and storefronts, and of the shoppers of `embedded` tenants. */
  readonly issuer: EmbeddedIssuer
  readonly verify: VerifyAccessToken
  /** The providers at which the shoppers of a tenant may log in, by their names. */
  readonly providersOf: (tenant: string) => IdentityProvider['providers']
  readonly of: (tenant: string, asker: HashingRequest) => IdentityProvider
  readonly grantService: Hanzo['grantService']
  readonly secretGuard: ClientSecretGuard
}

type IdentityOptions = SigningKeyOptions & {
  readonly url: string
  /** Those that today's configuration names. */
  readonly clients: ReadonlyMap<string, Client>
  /** The password hasher. Callers can use it only through the queue. */
  readonly passwords?: PasswordHasher | undefined
  readonly hashClock?: HashQueueClock | undefined
  /** The providers of all tenants, besides Hanzo ID. */
  readonly providers?: readonly LoginProvider[]
} & Partial<Pick<HanzoOptions, 'tenants' | 'fetch'> & Pick<Deployment, 'hosts' | 'development'>>

/** Chooses the provider of each tenant: this service itself, or Hanzo ID. */
export function makeIdentityProviders({
  passwords = makePasswordHasher(),
  hashClock,
  clients,
  tenants = [],
  providers = [],
  fetch = globalThis.fetch,
  hosts = [],
  development = false,
  ...store
}: IdentityOptions): IdentityProviders {
  const issuer = makeEmbeddedIssuer(store)
  const line = makePasswordHashQueue(hashClock)
  const deployment = { publicUrl: store.url, hosts, development }
  const hanzo = makeHanzo({ tenants, fetch, deployment, db: store.db, now: store.now })
  const parties = makeRelyingParties(providers, { fetch, deployment, now: store.now })
  const knows = makeKnows(clients, tenants)
  const checkConfiguration = makeTokenConfigurationCheck(clients, knows, store.keyring)
  const verify: VerifyAccessToken = async (token) => {
    // Without another issuer, the token need not be parsed to find its issuer.
    const elsewhere = hanzo.verifiers.size > 0 ? hanzo.verifiers.get(issuerOf(token)) : undefined
    if (elsewhere !== undefined) return elsewhere(token)
    const claims = await issuer.verify(token)
    if (claims.sid !== undefined && hanzo.accounts.has(claims.tenant)) {
      throw new Refusal('invalid_token')
    }
    checkConfiguration(claims)
    return claims
  }
  const providersOf = (tenant: string) =>
    named(hanzo.parties.get(tenant)) ?? parties.get(tenant) ?? new Map<string, RelyingParty>()
  const embedded = makeEmbeddedAccountProvider(issuer, passwords.isOutdated)
  return {
    issuer,
    verify,
    grantService: hanzo.grantService,
    secretGuard: makeClientSecretGuard(store),
    providersOf,
    of: (tenant, asker) => ({
      passwords: makeRequestPasswordHasher(passwords, line, asker),
      verify,
      providers: providersOf(tenant),
      accounts: hanzo.accounts.get(tenant) ?? embedded,
      knows: (clientId) => knows(tenant, clientId),
      mayOpen: (clientId) => mayOpenSessions(clients.get(clientId)),
    }),
  }
}

/** A tenant of Hanzo ID has no other login provider, because Hanzo ID opens its sessions. */
const named = (hanzo: RelyingParty | undefined) =>
  hanzo === undefined ? undefined : new Map([[HANZO_PROVIDER, hanzo]])

/**
 * Makes the test whether a client may have sessions here. It knows the clients of this service, and a tenant's application and services at Hanzo ID. The latter get no tokens from this service.
 */
function makeKnows(
  clients: ReadonlyMap<string, Client>,
  tenants: readonly HanzoTenant[],
): KnowsClient {
  const others = new Map(
    tenants.map(({ tenant, clientId, services }) => [
      tenant,
      new Set([clientId, ...services.map((service) => service.clientId)]),
    ]),
  )
  return (tenant, clientId) =>
    clients.get(clientId)?.tenant === tenant || others.get(tenant)?.has(clientId) === true
}

/** Only selects the keys; the keys decide whether the token is valid. */
function issuerOf(token: string): string {
  try {
    return decodeJwt(token).iss ?? ''
  } catch {
    return ''
  }
}
