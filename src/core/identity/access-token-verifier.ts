import {
  createLocalJWKSet,
  decodeProtectedHeader,
  errors,
  type JSONWebKeySet,
  type JWTHeaderParameters,
  jwtVerify,
} from 'jose'
import { Refusal } from '#kernel/error'
import type { AccessClaims, Expiring } from './access-token-claims.ts'
import type { KeyCache, KeySet } from './key-cache.ts'

export type VerifyingKeys = KeySet & { readonly resolve: ReturnType<typeof createLocalJWKSet> }

type VerifierOptions<C extends Expiring> = {
  readonly keys: KeyCache<VerifyingKeys>
  readonly now: () => Date
  /** The pattern of this issuer's key ids; a token with another key id is refused at once. */
  readonly kid: RegExp
  readonly issuer: string
  readonly audience: string | string[]
  readonly algorithms: string[]
  readonly typ?: string
  /** The seconds by which clocks may differ. */
  readonly clockTolerance?: number
  /** The seconds since `iat` after which a token is too old; absent: only `exp` ends it. */
  readonly maxTokenAge?: number
  readonly requiredClaims: string[]
  /** Null when callers may not use the token. */
  readonly readClaims: (payload: unknown, header: JWTHeaderParameters) => C | null
}

/** What other issuers' keys and algorithms look like. Asymmetric algorithms only; the header of a token cannot add to them. */
export const KEY_ID_PATTERN = /^[\x21-\x7e]{1,200}$/
export const JWT_ALGORITHMS = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512']
export const CLOCK_TOLERANCE_SECONDS = 10

export type VerifyAccessToken = (token: string) => Promise<AccessClaims>

const REMEMBERED = 1000
/** The longest time for which a withdrawn key is still accepted. */
const REMEMBERED_MS = 10 * 60_000

export const toVerifyingKeys = (jwks: JSONWebKeySet): VerifyingKeys => ({
  kids: new Set(jwks.keys.flatMap(({ kid }) => (kid === undefined ? [] : [kid]))),
  resolve: createLocalJWKSet(jwks),
})

/**
 * Checks tokens by RFC 8725: type, algorithm, key, issuer, audience, expiry and all required claims. Refuses `invalid_token`, and
 * `issuer_unavailable` when the keys are not available.
 */
export function makeJwtCheck<C extends Expiring>({
  keys,
  now,
  kid,
  readClaims,
  ...rest
}: VerifierOptions<C>): (token: string) => Promise<C> {
  return async (token) => {
    const set = await keys.having(keyOf(token, kid))
    if (set === null) throw new Refusal('invalid_token')
    const { payload, protectedHeader } = await verified(token, set, { ...rest, currentDate: now() })
    const claims = readClaims(payload, protectedHeader)
    if (claims === null) throw new Refusal('invalid_token')
    return claims
  }
}

/** Checks access tokens by RFC 9068, 4 as `makeJwtCheck` does, and remembers good ones. */
export function makeAccessTokenVerifier<C extends Expiring>(
  options: VerifierOptions<C>,
): (token: string) => Promise<C> {
  const { now } = options
  const check = makeJwtCheck(options)
  const remembered = new Map<string, { readonly claims: C; readonly until: number }>()
  return async (token) => {
    const known = remembered.get(token)
    if (known !== undefined && known.until > now().getTime()) return known.claims
    const claims = await check(token)
    if (remembered.size >= REMEMBERED) remembered.clear()
    const until = Math.min(claims.exp * 1000, now().getTime() + REMEMBERED_MS)
    remembered.set(token, { claims, until })
    return claims
  }
}

function keyOf(token: string, pattern: RegExp): string {
  try {
    const { kid } = decodeProtectedHeader(token)
    if (typeof kid === 'string' && pattern.test(kid)) return kid
  } catch {
    // The token is not a JWS: it is refused like any other invalid token.
  }
  throw new Refusal('invalid_token')
}

async function verified(
  token: string,
  set: VerifyingKeys,
  options: NonNullable<Parameters<typeof jwtVerify>[2]>,
) {
  try {
    return await jwtVerify(token, set.resolve, options)
  } catch (error) {
    if (error instanceof errors.JOSEError) throw new Refusal('invalid_token')
    throw error
  }
}
