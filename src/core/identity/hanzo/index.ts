import type { Deployment } from '#core/context'
import type { Database } from '#db/client'
import { Refusal } from '#kernel/error'
import type { Accounts } from '../accounts.ts'
import type { ClientCredentials, Grant } from '../client.ts'
import { makeOidcIssuer, type OidcIssuer } from '../oidc/issuer.ts'
import type { RelyingParty } from '../oidc/party.ts'
import { askForToken, errorIn, tokensIn } from '../oidc/token.ts'
import { narrowScope } from '../scope.ts'
import type { Verify } from '../verifier.ts'
import { makeHanzoAccounts } from './accounts.ts'
import { type Bearer, makeBearerReader } from './bearer.ts'
import { makeCasdoorUsers } from './casdoor.ts'
import { makeIamUsers } from './iam.ts'
import { makeLocator } from './locate.ts'
import { makeHanzoParty } from './party.ts'
import type { HanzoService, HanzoTenant } from './tenant.ts'
import { makeTokenDesk } from './token.ts'

export { purgeSessionTokens, purgeSignOuts } from './purge.ts'
export type { HanzoService, HanzoTenant } from './tenant.ts'

export type HanzoOptions = {
  readonly tenants: readonly HanzoTenant[]
  readonly fetch: typeof fetch
  readonly deployment: Deployment
  readonly db: Database
  readonly now: () => Date
}

/** Hanzo ID, for the tenants that use it. */
export type Hanzo = {
  /** The verifier of access tokens for each issuer. */
  readonly verifiers: ReadonlyMap<string, Verify>
  /** The accounts of each tenant. */
  readonly accounts: ReadonlyMap<string, Accounts>
  /** The application of each tenant, to which its shoppers log in. */
  readonly parties: ReadonlyMap<string, RelyingParty>
  /**
   * The client-credentials grant of a service of Hanzo ID, with its scopes here or those that are asked for. Null when no tenant names
   * the service. Refuses `invalid_client`, `invalid_scope`, `issuer_unavailable`.
   */
  readonly grantService: (
    credentials: ClientCredentials,
    scope: string | undefined,
  ) => Promise<Grant | null>
}

export function makeHanzo({ tenants, fetch, deployment, db, now }: HanzoOptions): Hanzo {
  const locate = makeLocator({ db, now })
  const verifiers = new Map<string, Verify>()
  const accounts = new Map<string, Accounts>()
  const parties = new Map<string, RelyingParty>()
  const desks = new Map<string, ServiceDesk>()
  for (const [url, its] of Map.groupBy(tenants, (at) => at.issuer)) {
    const issuer = makeOidcIssuer({ url, fetch, deployment, now })
    const read = makeBearerReader(issuer, its, now)
    verifiers.set(url, async (token) => locate(await read(token), token))
    for (const at of its) {
      const tokens = makeTokenDesk({ at, issuer, read, fetch })
      const users =
        at.settings.hanzo_api === 'casdoor'
          ? makeCasdoorUsers(at, fetch)
          : makeIamUsers({ at, issuer, fetch, now })
      accounts.set(at.tenant, makeHanzoAccounts({ at, users, tokens }))
      parties.set(at.tenant, makeHanzoParty({ at, issuer, tokens, now }))
      for (const service of at.services) {
        desks.set(service.clientId, { service, issuer, read, fetch, now })
      }
    }
  }
  return {
    verifiers,
    accounts,
    parties,
    async grantService({ ids, ...shown }, scope) {
      const desk = desks.get(ids[0]) ?? desks.get(ids[1])
      if (desk === undefined) return null
      if (shown.by !== 'secret') throw new Refusal('invalid_client')
      const asked = scope && narrowScope(desk.service.scopes, scope)
      // Only the provider knows the secret, so it is asked about each reading.
      for (const secret of new Set(shown.secrets)) {
        const granted = await grantService(desk, secret, asked)
        if (granted !== null) return granted
      }
      throw new Refusal('invalid_client')
    },
  }
}

type ServiceDesk = {
  readonly service: HanzoService
  readonly issuer: OidcIssuer
  readonly read: (token: string) => Promise<Bearer>
  readonly fetch: typeof fetch
  readonly now: () => Date
}

/**
 * Passes the request on to the provider; null when it grants nothing. Its token is checked like any bearer's. A provider that ignores
 * the scope gives a token with all of them, and the answer says so.
 */
async function grantService(
  { service: { clientId }, issuer, read, fetch, now }: ServiceDesk,
  secret: string,
  scope: string | undefined,
): Promise<Grant | null> {
  const said = await askForToken(fetch, issuer, {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: secret,
    ...(scope === undefined ? {} : { scope }),
  })
  const error = errorIn(said)
  if (error === 'invalid_scope') throw new Refusal('invalid_scope')
  if (said.status === 401 || error === 'invalid_client') return null
  const token = tokensIn(said)?.accessToken
  const bearer = token === undefined ? null : await read(token).catch(nothingWhenInvalid)
  if (token === undefined || bearer === null || bearer.service === null) return null
  if (bearer.clientId !== clientId) return null
  const lifetime = Math.max(0, Math.floor(bearer.exp - now().getTime() / 1000))
  return { tenant: bearer.at.tenant, token, scope: bearer.scope, lifetime }
}

function nothingWhenInvalid(error: unknown): null {
  if (error instanceof Refusal && error.code === 'invalid_token') return null
  throw error
}
