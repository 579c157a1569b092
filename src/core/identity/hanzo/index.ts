import type { Deployment } from '#core/context'
import type { Database } from '#db/database'
import { Refusal } from '#kernel/error'
import type { VerifyAccessToken } from '../access-token-verifier.ts'
import type { AccountProvider } from '../account-provider.ts'
import type { ClientCredentials, GrantedToken } from '../client.ts'
import { narrowScope } from '../narrow-scope.ts'
import { makeOidcIssuer, type OidcIssuer } from '../oidc/issuer.ts'
import type { RelyingParty } from '../oidc/relying-party.ts'
import { readTokenResponse, requestTokens, tokenErrorIn } from '../oidc/request-tokens.ts'
import { makeHanzoAccountProvider } from './account-provider.ts'
import { makeCasdoorUsers } from './casdoor.ts'
import { makeFindOrOpenSession } from './find-or-open-session.ts'
import { makeIamUsers } from './iam.ts'
import { makeHanzoRelyingParty } from './relying-party.ts'
import type { HanzoService, HanzoTenant } from './tenant.ts'
import { type HanzoBearer, makeHanzoTokenCheck } from './token-check.ts'
import { makeHanzoTokenClient } from './token-client.ts'

export { purgeSessionTokens, purgeSignOuts } from './purge-tokens-and-sign-outs.ts'
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
  readonly verifiers: ReadonlyMap<string, VerifyAccessToken>
  /** The accounts of each tenant. */
  readonly accounts: ReadonlyMap<string, AccountProvider>
  /** The application of each tenant, to which its shoppers log in. */
  readonly parties: ReadonlyMap<string, RelyingParty>
  /**
   * The client-credentials grant of a service of Hanzo ID, with its scopes here or those that are asked for. Null when no tenant names
   * the service. Refuses `invalid_client`, `invalid_scope`, `issuer_unavailable`.
   */
  readonly grantService: (
    credentials: ClientCredentials,
    scope: string | undefined,
  ) => Promise<GrantedToken | null>
}

export function makeHanzo({ tenants, fetch, deployment, db, now }: HanzoOptions): Hanzo {
  const locate = makeFindOrOpenSession({ db, now })
  const verifiers = new Map<string, VerifyAccessToken>()
  const accounts = new Map<string, AccountProvider>()
  const parties = new Map<string, RelyingParty>()
  const desks = new Map<string, ServiceDesk>()
  for (const [url, its] of Map.groupBy(tenants, (at) => at.issuer)) {
    const issuer = makeOidcIssuer({ url, fetch, deployment, now })
    const read = makeHanzoTokenCheck(issuer, its, now)
    verifiers.set(url, async (token) => locate(await read(token), token))
    for (const at of its) {
      const tokens = makeHanzoTokenClient({ at, issuer, read, fetch })
      const users =
        at.settings.hanzo_api === 'casdoor'
          ? makeCasdoorUsers(at, fetch)
          : makeIamUsers({ at, issuer, fetch, now })
      accounts.set(at.tenant, makeHanzoAccountProvider({ at, users, tokens }))
      parties.set(at.tenant, makeHanzoRelyingParty({ at, issuer, tokens, now }))
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
  readonly read: (token: string) => Promise<HanzoBearer>
  readonly fetch: typeof fetch
  readonly now: () => Date
}

/**
 * Passes the request on to the provider; null when it grants nothing. Its token is checked like any bearer's. If the provider ignores the requested scope, the token has all scopes, and the answer lists them.
 */
async function grantService(
  { service: { clientId }, issuer, read, fetch, now }: ServiceDesk,
  secret: string,
  scope: string | undefined,
): Promise<GrantedToken | null> {
  const said = await requestTokens(fetch, issuer, {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: secret,
    ...(scope === undefined ? {} : { scope }),
  })
  const error = tokenErrorIn(said)
  if (error === 'invalid_scope') throw new Refusal('invalid_scope')
  if (said.status === 401 || error === 'invalid_client') return null
  const token = readTokenResponse(said)?.accessToken
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
