import { decodeJwt } from 'jose'
import type { Deployment } from '#core/context'
import { Refusal } from '#kernel/error'
import type { Accounts } from './accounts.ts'
import { type Client, type Knows, makeConfigurationCheck, mayOpenSessions } from './client.ts'
import { makeEmbeddedAccounts } from './embedded.ts'
import { type Hanzo, type HanzoOptions, makeHanzo } from './hanzo/index.ts'
import type { HanzoTenant } from './hanzo/tenant.ts'
import { type Clock, makeHashLine } from './hash-line.ts'
import { type Issuer, makeIssuer } from './issuer.ts'
import { partiesOf } from './oidc/parties.ts'
import type { RelyingParty } from './oidc/party.ts'
import { HANZO, type Provider } from './oidc/provider.ts'
import { makePasswords, type Passwords } from './password.ts'
import { type Asker, makeRequestPasswords, type RequestPasswords } from './request-passwords.ts'
import { makeSecretGuard, type SecretGuard } from './secret-guard.ts'
import type { KeyStore } from './signing-key.ts'
import type { Verify } from './verifier.ts'

/** The identity provider of one tenant, for one request. */
export type Identity = {
  /** Hashes of this service; unproven registrations have one with every provider. Each waits in the line of the isolate. */
  readonly passwords: RequestPasswords
  readonly accounts: Accounts
  /** The providers at which shoppers may log in, by their names. */
  readonly providers: ReadonlyMap<string, RelyingParty>
  /** Checks access tokens of every issuer. */
  readonly verify: Verify
  /** Whether today's configuration names a client. The sessions of one that is gone are over. */
  readonly knows: (clientId: string) => boolean
  /** Whether today's configuration lets a client open sessions. Those of one that lost the right are over. */
  readonly mayOpen: (clientId: string) => boolean
}

/** The identity providers of this deployment. */
export type Identities = {
  /** Makes the tokens of services and storefronts, and of the shoppers of `embedded` tenants. */
  readonly issuer: Issuer
  readonly verify: Verify
  /** The providers at which the shoppers of a tenant may log in, by their names. */
  readonly providersOf: (tenant: string) => Identity['providers']
  readonly of: (tenant: string, asker: Asker) => Identity
  readonly grantService: Hanzo['grantService']
  readonly secretGuard: SecretGuard
}

type IdentityOptions = KeyStore & {
  readonly url: string
  /** Those that today's configuration names. */
  readonly clients: ReadonlyMap<string, Client>
  /** What hashes. Nobody gets it from here but through the line. */
  readonly passwords?: Passwords | undefined
  readonly hashClock?: Clock | undefined
  /** The providers of all tenants, besides Hanzo ID. */
  readonly providers?: readonly Provider[]
} & Partial<Pick<HanzoOptions, 'tenants' | 'fetch'> & Pick<Deployment, 'hosts' | 'development'>>

/** Chooses the provider of each tenant: this service itself, or Hanzo ID. */
export function makeIdentities({
  passwords = makePasswords(),
  hashClock,
  clients,
  tenants = [],
  providers = [],
  fetch = globalThis.fetch,
  hosts = [],
  development = false,
  ...store
}: IdentityOptions): Identities {
  const issuer = makeIssuer(store)
  const line = makeHashLine(hashClock)
  const deployment = { publicUrl: store.url, hosts, development }
  const hanzo = makeHanzo({ tenants, fetch, deployment, db: store.db, now: store.now })
  const parties = partiesOf(providers, { fetch, deployment, now: store.now })
  const knows = makeKnows(clients, tenants)
  const checkConfiguration = makeConfigurationCheck(clients, knows, store.keyring)
  const verify: Verify = async (token) => {
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
  const embedded = makeEmbeddedAccounts(issuer, passwords.isOutdated)
  return {
    issuer,
    verify,
    grantService: hanzo.grantService,
    secretGuard: makeSecretGuard(store),
    providersOf,
    of: (tenant, asker) => ({
      passwords: makeRequestPasswords(passwords, line, asker),
      verify,
      providers: providersOf(tenant),
      accounts: hanzo.accounts.get(tenant) ?? embedded,
      knows: (clientId) => knows(tenant, clientId),
      mayOpen: (clientId) => mayOpenSessions(clients.get(clientId)),
    }),
  }
}

/** At Hanzo ID there is no other provider beside it: it opens the sessions. */
const named = (hanzo: RelyingParty | undefined) =>
  hanzo === undefined ? undefined : new Map([[HANZO, hanzo]])

/**
 * The clients whose shoppers have sessions here: those of this service, and at another provider a tenant's application and its services.
 * These get no tokens of this service.
 */
function makeKnows(clients: ReadonlyMap<string, Client>, tenants: readonly HanzoTenant[]): Knows {
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
