import { Refusal } from '#kernel/error'
import { makeIdTokenCheck } from '../oidc/id-token.ts'
import type { OidcIssuer } from '../oidc/issuer.ts'
import type { RelyingParty } from '../oidc/party.ts'
import { HANZO } from '../oidc/provider.ts'
import { audienceOf } from './bearer.ts'
import type { HanzoTenant } from './tenant.ts'
import type { Issued, TokenDesk } from './token.ts'

type Options = {
  readonly at: HanzoTenant
  readonly issuer: OidcIssuer
  readonly tokens: TokenDesk
  readonly now: () => Date
}

/** A tenant's application at Hanzo ID. The access token says who has logged in, because it is what sessions go by. */
export function makeHanzoParty({ at, issuer, tokens, now }: Options): RelyingParty {
  const { clientId } = at
  const readIdToken = makeIdTokenCheck({ issuer, clientId, audience: audienceOf(at), now })
  /** One generation sends the access token as the id token. Another one sends an id token of its own, which must tell of the same person. */
  async function nonceIn({ accessToken, idToken, bearer }: Issued): Promise<string | null> {
    if (bearer.service !== null) return null
    if (idToken === null || idToken === accessToken) return bearer.nonce
    const claims = await readIdToken(idToken)
    return claims.sub === bearer.subject ? claims.nonce : null
  }
  return {
    ...{ name: HANZO, label: 'Hanzo ID', clientId, issuer, responseMode: 'query' },
    scopes: ['openid', 'profile', 'email'],
    async redeem({ code, verifier, nonce, redirectUri }) {
      const issued = await tokens.byCode(code, verifier, redirectUri)
      if (issued === null) return null
      const { bearer, accessToken, refreshToken, issuedAt, expiresAt } = issued
      if (bearer.service !== null || (await nonceIn(issued)) !== nonce) {
        throw new Refusal('invalid_token')
      }
      return {
        provider: HANZO,
        identity: bearer.identity,
        email: bearer.email || null,
        isEmailVerified: bearer.isEmailVerified,
        account: { name: bearer.name, tokens: { accessToken, refreshToken, issuedAt, expiresAt } },
      }
    },
  }
}
