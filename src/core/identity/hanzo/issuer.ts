import * as z from 'zod'
import type { Deployment } from '#core/context'
import { outwardFault } from '#kernel/outward'
import { type KeyCache, makeKeyCache } from '../key-cache.ts'
import { toVerifyingKeys, type VerifyingKeys } from '../verifier.ts'
import { ask, away } from './ask.ts'

/** OpenID Connect Discovery 1.0, 3. */
const Discovery = z.object({
  issuer: z.string(),
  jwks_uri: z.url(),
  token_endpoint: z.url(),
  /** Not every generation has one. */
  revocation_endpoint: z.url().optional(),
})

/** RFC 7517. It may not have symmetric keys. */
const Jwks = z.object({
  keys: z.array(z.looseObject({ kty: z.enum(['RSA', 'EC', 'OKP', 'AKP']) })),
})

const KEYS_WITHIN_MS = 3_000

export type HanzoIssuer = {
  readonly url: string
  readonly keys: KeyCache<VerifyingKeys>
  readonly tokenEndpoint: () => Promise<string>
  readonly revocationEndpoint: () => Promise<string | null>
}

/**
 * An issuer by its discovery document, for the three generations of Hanzo ID have different paths. The document is cached for ten
 * minutes, and for a day while the issuer is away. So are keys; an unknown key is fetched at once. The document may name places at the
 * issuer's own origin, and others to which a webhook may be sent too.
 */
export function makeHanzoIssuer(options: {
  readonly url: string
  readonly fetch: typeof fetch
  readonly deployment: Deployment
  readonly now: () => Date
}): HanzoIssuer {
  const { url, fetch, deployment, now } = options
  const { origin } = new URL(url)
  const isSafe = (text: string) => {
    const place = new URL(text)
    return place.origin === origin || outwardFault(place, deployment) === null
  }
  const discovery = makeKeyCache({
    now,
    async load() {
      const question = { what: 'discovery', url: `${url}/.well-known/openid-configuration` }
      const said = await ask(fetch, { ...question, within: KEYS_WITHIN_MS })
      const { data } = Discovery.safeParse(said.body)
      const isOurs = data?.issuer === url && isSafe(data.jwks_uri) && isSafe(data.token_endpoint)
      if (data === undefined || !isOurs) throw away('discovery', { status: said.status })
      return { kids: new Set<string>(), ...data }
    },
  })
  const keys = makeKeyCache({
    now,
    async load() {
      const place = (await discovery.current()).jwks_uri
      const said = await ask(fetch, { what: 'keys', url: place, within: KEYS_WITHIN_MS })
      const { data } = Jwks.safeParse(said.body)
      if (data === undefined) throw away('keys', { status: said.status })
      return toVerifyingKeys(data)
    },
  })
  return {
    url,
    keys,
    tokenEndpoint: async () => (await discovery.current()).token_endpoint,
    async revocationEndpoint() {
      const place = (await discovery.current()).revocation_endpoint
      return place !== undefined && isSafe(place) ? place : null
    },
  }
}
