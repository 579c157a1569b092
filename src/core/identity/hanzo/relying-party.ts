import { Refusal } from '#kernel/error'
import { makeIdTokenCheck } from '../oidc/id-token.ts'
import type { OidcIssuer } from '../oidc/issuer.ts'
import { HANZO_PROVIDER } from '../oidc/login-provider.ts'
import type { RelyingParty } from '../oidc/relying-party.ts'
import type { HanzoTenant } from './tenant.ts'
import { hanzoAudiences } from './token-check.ts'
import type { IssuedTokens, TokenClient } from './token-client.ts'

type Options = {
  readonly at: HanzoTenant
  readonly issuer: OidcIssuer
  readonly tokens: TokenClient
  readonly now: () => Date
}

/** A tenant's application at Hanzo ID. The access token decides who has logged in, because sessions are found by it. */
export function makeHanzoRelyingParty({ at, issuer, tokens, now }: Options): RelyingParty {
  const { clientId } = at
  const readIdToken = makeIdTokenCheck({ issuer, clientId, audience: hanzoAudiences(at), now })
  /** One generation sends the access token as the id token. Another generation sends a separate id token. Its subject must be the same person. */
  async function nonceIn({ accessToken, idToken, bearer }: IssuedTokens): Promise<string | null> {
    if (bearer.service !== null) return null
    if (idToken === null || idToken === accessToken) return bearer.nonce
    const claims = await readIdToken(idToken)
    return claims.sub === bearer.subject ? claims.nonce : null
  }
  return {
    ...{ name: HANZO_PROVIDER, label: 'Hanzo ID', clientId, issuer, responseMode: 'query' },
    scopes: ['openid', 'profile', 'email'],
    async redeem({ code, verifier, nonce, redirectUri }) {
      const issued = await tokens.byCode(code, verifier, redirectUri)
      if (issued === null) return null
      const { bearer, accessToken, refreshToken, issuedAt, expiresAt } = issued
      if (bearer.service !== null || (await nonceIn(issued)) !== nonce) {
        throw new Refusal('invalid_token')
      }
      return {
        provider: HANZO_PROVIDER,
        identity: bearer.identity,
        email: bearer.email || null,
        isEmailVerified: bearer.isEmailVerified,
        account: { name: bearer.name, tokens: { accessToken, refreshToken, issuedAt, expiresAt } },
      }
    },
  }
}
