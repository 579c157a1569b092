import { errorFields, log } from '#kernel/log'
import type { ProviderTokens } from '../account-provider.ts'
import { identityHash } from '../oidc/identity-hash.ts'
import type { OidcIssuer } from '../oidc/issuer.ts'
import { providerAwayRefusal } from '../oidc/request-provider.ts'
import { readTokenResponse, requestTokens } from '../oidc/request-tokens.ts'
import type { HanzoTenant } from './tenant.ts'
import type { HanzoBearer } from './token-check.ts'

const REVOKED_WITHIN_MS = 2_000

/** Tokens and their bearer. */
export type IssuedTokens = ProviderTokens & {
  readonly bearer: HanzoBearer
  /** Null without one. */
  readonly idToken: string | null
}

export type TokenClient = {
  /** Null if the user name or the password is wrong, or if the provider blocks the user for a time. The provider does not say which. */
  readonly byPassword: (username: string, password: string) => Promise<IssuedTokens | null>
  /** Null when the refresh token is invalid or expired. */
  readonly byRefresh: (refreshToken: string) => Promise<IssuedTokens | null>
  /** Null when the code is invalid, expired or used (RFC 6749, 4.1.3; RFC 7636, 4.5). */
  readonly byCode: (
    code: string,
    verifier: string,
    redirectUri: string,
  ) => Promise<IssuedTokens | null>
  /** Revokes by RFC 7009 if the provider has it; never refuses. */
  readonly revoke: (refreshToken: string) => Promise<void>
  /** Whether a user with this id and name has that identity. The subject of an old user is its name. */
  readonly isIdentity: (identity: string, id: string, name: string) => boolean
}

type Desk = {
  readonly at: HanzoTenant
  readonly issuer: OidcIssuer
  readonly read: (token: string) => Promise<HanzoBearer>
  readonly fetch: typeof fetch
}

/** The grants of a tenant's own application. They refuse `issuer_unavailable`. */
export function makeHanzoTokenClient({ at, issuer, read, fetch }: Desk): TokenClient {
  const { clientId, clientSecret, organization } = at
  const client = { client_id: clientId, client_secret: clientSecret }
  const request = async (grant: Readonly<Record<string, string>>): Promise<IssuedTokens | null> => {
    const said = await requestTokens(fetch, issuer, { ...client, ...grant })
    const tokens = readTokenResponse(said)
    if (tokens === null) return null
    const bearer = await read(tokens.accessToken).catch(() => null)
    if (bearer === null || bearer.service !== null || bearer.at.tenant !== at.tenant) {
      throw providerAwayRefusal('token', { said: 'an access token that is not valid here' })
    }
    const { issuedAt, exp } = bearer
    return { ...tokens, bearer, issuedAt, expiresAt: new Date(exp * 1000) }
  }
  const scope = 'openid profile email'
  return {
    byPassword: (username, password) =>
      request({ grant_type: 'password', username, password, organization, scope }),
    async revoke(token) {
      try {
        const place = await issuer.revocationEndpoint()
        if (place === null) return
        const body = new URLSearchParams({ ...client, token, token_type_hint: 'refresh_token' })
        const signal = AbortSignal.timeout(REVOKED_WITHIN_MS)
        const said = await fetch(place, { method: 'POST', body, redirect: 'manual', signal })
        await said.body?.cancel()
      } catch (error) {
        log('warn', 'a token was not revoked at the identity provider', errorFields(error))
      }
    },
    isIdentity: (identity, id, name) =>
      [id, `${organization}/${name}`].some((sub) => identityHash(at.issuer, sub) === identity),
    byRefresh: (refresh_token) => request({ grant_type: 'refresh_token', refresh_token }),
    byCode: (code, code_verifier, redirect_uri) =>
      request({ grant_type: 'authorization_code', code, code_verifier, redirect_uri }),
  }
}
