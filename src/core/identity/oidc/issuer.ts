import * as z from 'zod'
import type { Deployment } from '#core/context'
import { outboundUrlFault } from '#kernel/outbound-url'
import { toVerifyingKeys, type VerifyingKeys } from '../access-token-verifier.ts'
import { type KeyCache, makeKeyCache } from '../key-cache.ts'
import { providerAwayRefusal, requestProvider } from './request-provider.ts'

/** OpenID Connect Discovery 1.0, 3, and RFC 9207, 3. */
const Discovery = z.object({
  issuer: z.string(),
  jwks_uri: z.url(),
  token_endpoint: z.url(),
  /** Optional, because not every issuer has a login page. */
  authorization_endpoint: z.url().optional(),
  /** Not every issuer has one. */
  revocation_endpoint: z.url().optional(),
  token_endpoint_auth_methods_supported: z.array(z.string()).default(['client_secret_basic']),
  authorization_response_iss_parameter_supported: z.boolean().default(false),
})

/** RFC 7517. It may not have symmetric keys. */
const Jwks = z.object({
  keys: z.array(z.looseObject({ kty: z.enum(['RSA', 'EC', 'OKP', 'AKP']) })),
})

const KEYS_WITHIN_MS = 3_000

export type OidcIssuer = {
  readonly url: string
  readonly keys: KeyCache<VerifyingKeys>
  readonly tokenEndpoint: () => Promise<string>
  /** Whether the token endpoint accepts the client's secret in the form. */
  readonly takesSecretInForm: () => Promise<boolean>
  readonly revocationEndpoint: () => Promise<string | null>
  /** Where a browser is sent to log in. */
  readonly authorizationEndpoint: () => Promise<string>
  /** Whether each of its answers names it (RFC 9207). */
  readonly announcesIss: () => Promise<boolean>
}

/**
 * An issuer by its discovery document. The document is cached for ten minutes, and for a day while the issuer is away. So are keys; an
 * unknown key is fetched at once. The document may name URLs at the issuer's own origin, and URLs that a webhook may have.
 * All methods refuse `issuer_unavailable`.
 */
export function makeOidcIssuer(options: {
  readonly url: string
  readonly fetch: typeof fetch
  readonly deployment: Deployment
  readonly now: () => Date
}): OidcIssuer {
  const { url, fetch, deployment, now } = options
  const { origin } = new URL(url)
  const isSafe = (text: string) => {
    const place = new URL(text)
    return place.origin === origin || outboundUrlFault(place, deployment) === null
  }
  const discovery = makeKeyCache({
    now,
    async load() {
      const place = `${url.replace(/\/$/, '')}/.well-known/openid-configuration`
      const said = await requestProvider(fetch, {
        what: 'discovery',
        url: place,
        within: KEYS_WITHIN_MS,
      })
      const { data } = Discovery.safeParse(said.body)
      const isOurs = data?.issuer === url && isSafe(data.jwks_uri) && isSafe(data.token_endpoint)
      if (data === undefined || !isOurs)
        throw providerAwayRefusal('discovery', { status: said.status })
      return { kids: new Set<string>(), ...data }
    },
  })
  const keys = makeKeyCache({
    now,
    async load() {
      const place = (await discovery.current()).jwks_uri
      const said = await requestProvider(fetch, {
        what: 'keys',
        url: place,
        within: KEYS_WITHIN_MS,
      })
      const { data } = Jwks.safeParse(said.body)
      if (data === undefined) throw providerAwayRefusal('keys', { status: said.status })
      return toVerifyingKeys(data)
    },
  })
  return {
    url,
    keys,
    tokenEndpoint: async () => (await discovery.current()).token_endpoint,
    async takesSecretInForm() {
      const { token_endpoint_auth_methods_supported: methods } = await discovery.current()
      return methods.includes('client_secret_post')
    },
    async revocationEndpoint() {
      const place = (await discovery.current()).revocation_endpoint
      return place !== undefined && isSafe(place) ? place : null
    },
    async authorizationEndpoint() {
      const place = (await discovery.current()).authorization_endpoint
      if (place === undefined || !isSafe(place)) throw providerAwayRefusal('authorization endpoint')
      return place
    },
    async announcesIss() {
      return (await discovery.current()).authorization_response_iss_parameter_supported
    },
  }
}
