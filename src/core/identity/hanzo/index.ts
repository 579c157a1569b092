import type { Database } from '#db/client'
import { Refusal } from '#kernel/error'
import type { Accounts } from '../accounts.ts'
import type { Grant } from '../client.ts'
import type { Verify } from '../verifier.ts'
import { makeHanzoAccounts } from './accounts.ts'
import { type Bearer, makeBearerReader } from './bearer.ts'
import { makeCasdoorUsers } from './casdoor.ts'
import { makeIamUsers } from './iam.ts'
import { type HanzoIssuer, makeHanzoIssuer } from './issuer.ts'
import { makeLocator } from './locate.ts'
import type { HanzoTenant } from './tenant.ts'
import { askForToken, makeTokenDesk, tokensIn } from './token.ts'

export { purgeSessionTokens, purgeSignOuts } from './purge.ts'
export type { HanzoService, HanzoTenant } from './tenant.ts'

export type HanzoOptions = {
  readonly tenants: readonly HanzoTenant[]
  readonly fetch: typeof fetch
  readonly db: Database
  readonly now: () => Date
}

/** Hanzo ID, for the tenants that use it. */
export type Hanzo = {
  /** The verifier of access tokens for each issuer. */
  readonly verifiers: ReadonlyMap<string, Verify>
  /** The accounts of each tenant. */
  readonly accounts: ReadonlyMap<string, Accounts>
  /** The client-credentials grant of a service of Hanzo ID; null when no tenant names the service. */
  readonly grantService: (clientId: string, secret: string) => Promise<Grant | null>
}

export function makeHanzo({ tenants, fetch, db, now }: HanzoOptions): Hanzo {
  const locate = makeLocator({ db, now })
  const verifiers = new Map<string, Verify>()
  const accounts = new Map<string, Accounts>()
  const desks = new Map<string, ServiceDesk>()
  for (const [url, its] of Map.groupBy(tenants, (at) => at.issuer)) {
    const issuer = makeHanzoIssuer({ url, fetch, now })
    const read = makeBearerReader(issuer, its, now)
    verifiers.set(url, async (token) => locate(await read(token), token))
    for (const at of its) {
      const tokens = makeTokenDesk({ at, issuer, read, fetch })
      const users =
        at.settings.hanzo_api === 'casdoor'
          ? makeCasdoorUsers(at, fetch)
          : makeIamUsers({ at, issuer, fetch, now })
      accounts.set(at.tenant, makeHanzoAccounts({ users, tokens }))
      for (const { clientId } of at.services) desks.set(clientId, { issuer, read })
    }
  }
  return {
    verifiers,
    accounts,
    async grantService(clientId, secret) {
      const desk = desks.get(clientId)
      return desk === undefined ? null : grantService(desk, fetch, now, clientId, secret)
    },
  }
}

type ServiceDesk = {
  readonly issuer: HanzoIssuer
  readonly read: (token: string) => Promise<Bearer>
}

/** Passes the request on to the provider, which alone knows the secret. Its token is checked like any bearer's. */
async function grantService(
  { issuer, read }: ServiceDesk,
  fetcher: typeof fetch,
  now: () => Date,
  clientId: string,
  secret: string,
): Promise<Grant> {
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: secret }
  const said = await askForToken(fetcher, issuer, form)
  if (said.status === 401) return { error: 'invalid_client' }
  const token = tokensIn(said)?.accessToken
  const bearer = token === undefined ? null : await read(token).catch(nothingWhenInvalid)
  if (token === undefined || bearer === null || bearer.service === null) {
    return { error: 'invalid_client' }
  }
  if (bearer.clientId !== clientId) return { error: 'invalid_client' }
  const lifetime = Math.max(0, Math.floor(bearer.exp - now().getTime() / 1000))
  return { token, scope: bearer.scope, lifetime }
}

function nothingWhenInvalid(error: unknown): null {
  if (error instanceof Refusal && error.code === 'invalid_token') return null
  throw error
}
