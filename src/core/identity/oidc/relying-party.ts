import { Refusal } from '#kernel/error'
import type { ProviderTokens } from '../account-provider.ts'
import { makeIdTokenCheck } from './id-token.ts'
import { identityHash } from './identity-hash.ts'
import type { OidcIssuer } from './issuer.ts'
import type { LoginProvider } from './login-provider.ts'
import { readTokenResponse, requestTokens } from './request-tokens.ts'

/** The code of a provider's answer, and the values of the request to which it belongs. */
type CodeGrant = {
  readonly code: string
  /** RFC 7636. */
  readonly verifier: string
  readonly nonce: string
  readonly redirectUri: string
}

/** An identity that a provider has proven. */
export type ProvenIdentity = {
  /** The name of the provider here. */
  readonly provider: string
  /** The stored form of issuer and subject. */
  readonly identity: string
  /** The provider's claim about the address. The shopper may be able to change it, so it proves nothing. */
  readonly email: string | null
  readonly isEmailVerified: boolean
  /** The provider's user, if the provider opens this tenant's sessions. Null: this service opens them. */
  readonly account: { readonly name: string; readonly tokens: ProviderTokens } | null
}

/** This service as a client of a provider at which shoppers log in. */
export type RelyingParty = Pick<
  LoginProvider,
  'name' | 'label' | 'clientId' | 'scopes' | 'responseMode'
> & {
  readonly issuer: OidcIssuer
  /**
   * The identity for which a code was given; null when the code is invalid, expired or used. Refuses `issuer_unavailable`, and
   * `invalid_token` for an answer that proves no identity.
   */
  readonly redeem: (grant: CodeGrant) => Promise<ProvenIdentity | null>
}

type Options = {
  readonly provider: LoginProvider
  readonly issuer: OidcIssuer
  readonly fetch: typeof fetch
  readonly now: () => Date
}

/** A client of any issuer of OpenID Connect, by its id tokens. */
export function makeRelyingParty({ provider, issuer, fetch, now }: Options): RelyingParty {
  const { name, label, clientId, scopes, responseMode } = provider
  const readIdToken = makeIdTokenCheck({ issuer, clientId, now })
  return {
    ...{ name, label, clientId, scopes, responseMode, issuer },
    async redeem({ code, verifier, nonce, redirectUri }) {
      const { form, headers } = await credentialsOf(provider, issuer)
      const grant = { grant_type: 'authorization_code', code, code_verifier: verifier }
      const asked = { ...grant, redirect_uri: redirectUri, ...form }
      const tokens = readTokenResponse(await requestTokens(fetch, issuer, asked, headers))
      if (tokens === null) return null
      if (tokens.idToken === null) throw new Refusal('invalid_token')
      const claims = await readIdToken(tokens.idToken)
      if (claims.nonce !== nonce) throw new Refusal('invalid_token')
      return {
        provider: name,
        identity: identityHash(claims.iss, claims.sub),
        email: claims.email,
        isEmailVerified: claims.email_verified,
        account: null,
      }
    },
  }
}

/** The client's secret, in the form where the issuer takes it there, else by HTTP Basic (RFC 6749, 2.3.1). */
async function credentialsOf({ clientId, clientSecret }: LoginProvider, issuer: OidcIssuer) {
  if (await issuer.takesSecretInForm()) {
    return { form: { client_id: clientId, client_secret: clientSecret }, headers: {} }
  }
  const pair = [clientId, clientSecret].map(formEncoded).join(':')
  const headers = { Authorization: `Basic ${Buffer.from(pair).toString('base64')}` }
  return { form: { client_id: clientId }, headers }
}

const formEncoded = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1)
