import * as z from 'zod'
import { lengthAtLeast, lengthAtMost } from '#kernel/length'
import { EpochSeconds } from '#kernel/moment'
import {
  CLOCK_TOLERANCE_SECONDS,
  JWT_ALGORITHMS,
  KEY_ID_PATTERN,
  makeJwtCheck,
} from '../access-token-verifier.ts'
import type { OidcIssuer } from './issuer.ts'

/** Some issuers write a text for a flag. */
const Flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])

/** OpenID Connect Core 1.0, 2 and 5.1. Names are not read: the shop asks its shoppers itself. */
const Claims = z.object({
  iss: z.string(),
  sub: z.string().check(lengthAtLeast(1), lengthAtMost(500)),
  aud: z.union([z.string(), z.array(z.string())]),
  azp: z.string().optional(),
  nonce: z.string(),
  email: z.string().check(lengthAtMost(320)).nullable().catch(null),
  email_verified: Flag.catch(false),
  iat: EpochSeconds,
  exp: EpochSeconds,
})
type IdClaims = z.output<typeof Claims>

/** The longest time of a login. Some issuers set `iat` to its beginning. */
const MAX_AGE_SECONDS = 15 * 60

type Options = {
  readonly issuer: OidcIssuer
  readonly clientId: string
  /** What the tokens call the client. */
  readonly audience?: readonly string[]
  readonly now: () => Date
}

/** Checks the id tokens of an issuer for one client (OpenID Connect Core 1.0, 3.1.3.7). Refuses `invalid_token`, `issuer_unavailable`. */
export const makeIdTokenCheck = ({
  issuer,
  clientId,
  audience = [clientId],
  now,
}: Options): ((token: string) => Promise<IdClaims>) =>
  makeJwtCheck<IdClaims>({
    keys: issuer.keys,
    now,
    kid: KEY_ID_PATTERN,
    issuer: issuer.url,
    audience: [...audience],
    algorithms: JWT_ALGORITHMS,
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
    maxTokenAge: MAX_AGE_SECONDS,
    requiredClaims: ['exp', 'iat', 'sub', 'nonce'],
    readClaims(payload) {
      const claims = Claims.safeParse(payload).data
      return claims !== undefined && isFor(clientId, claims) ? claims : null
    },
  })

/** With several audiences, the token names the one that asked for it. */
const isFor = (clientId: string, { aud, azp }: IdClaims): boolean =>
  azp === undefined ? [aud].flat().length === 1 : azp === clientId
