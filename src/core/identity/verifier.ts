import {
  createLocalJWKSet,
  decodeProtectedHeader,
  errors,
  type JSONWebKeySet,
  jwtVerify,
} from 'jose'
import { Refusal } from '#kernel/error'
import type { AccessClaims, Expiring } from './access-token.ts'
import type { KeyCache, KeySet } from './key-cache.ts'

export type VerifyingKeys = KeySet & { readonly resolve: ReturnType<typeof createLocalJWKSet> }

export type VerifierOptions = {
  readonly keys: KeyCache<VerifyingKeys>
  readonly now: () => Date
  /** Of a key id as this issuer writes them; a token that names another is not worth a look. */
  readonly kid: RegExp
  readonly issuer: string
  readonly audience: string | string[]
  readonly algorithms: string[]
  readonly typ: string
  readonly requiredClaims: string[]
  /** Null when the token is not one that callers may use. */
  readonly readClaims: (payload: unknown) => (AccessClaims & Expiring) | null
}

export type Verify = (token: string) => Promise<AccessClaims>

const REMEMBERED = 1000

export const toVerifyingKeys = (jwks: JSONWebKeySet): VerifyingKeys => ({
  kids: new Set(jwks.keys.flatMap(({ kid }) => (kid === undefined ? [] : [kid]))),
  resolve: createLocalJWKSet(jwks),
})

/**
 * Checks access tokens as RFC 9068, 4 and RFC 8725 ask: type, algorithm, key, issuer, audience, expiry and every claim that must
 * be there. Refuses `invalid_token`, and `issuer_unavailable` when the keys cannot be had.
 */
export function makeVerifier({ keys, now, kid, readClaims, ...rest }: VerifierOptions): Verify {
  const remembered = new Map<string, AccessClaims & Expiring>()
  return async (token) => {
    const known = remembered.get(token)
    if (known !== undefined && known.exp * 1000 > now().getTime()) return known
    const set = await keys.having(keyOf(token, kid))
    if (set === null) throw new Refusal('invalid_token')
    const claims = readClaims(await payloadOf(token, set, { ...rest, currentDate: now() }))
    if (claims === null) throw new Refusal('invalid_token')
    if (remembered.size >= REMEMBERED) remembered.clear()
    remembered.set(token, claims)
    return claims
  }
}

function keyOf(token: string, pattern: RegExp): string {
  try {
    const { kid } = decodeProtectedHeader(token)
    if (typeof kid === 'string' && pattern.test(kid)) return kid
  } catch {
    // Not a JWS at all: refused like any other that is not valid here.
  }
  throw new Refusal('invalid_token')
}

async function payloadOf(
  token: string,
  set: VerifyingKeys,
  options: NonNullable<Parameters<typeof jwtVerify>[2]>,
): Promise<unknown> {
  try {
    return (await jwtVerify(token, set.resolve, options)).payload
  } catch (error) {
    if (error instanceof errors.JOSEError) throw new Refusal('invalid_token')
    throw error
  }
}
