import { importJWK, SignJWT } from 'jose'
import { Refusal } from '#kernel/error'
import { idPattern, newId } from '#kernel/id'
import { EpochSeconds } from '#kernel/moment'
import { AccessClaims } from './access-token-claims.ts'
import {
  makeAccessTokenVerifier,
  toVerifyingKeys,
  type VerifyAccessToken,
} from './access-token-verifier.ts'
import { makeKeyCache } from './key-cache.ts'
import { findOrCreateSigningKeys, type SigningKey, type SigningKeyOptions } from './signing-key.ts'

/** The embedded OAuth 2.0 issuer: access tokens by RFC 9068, ES256, keys in Postgres. */
export type EmbeddedIssuer = {
  readonly url: string
  /** Refuses `invalid_token`. */
  readonly verify: VerifyAccessToken
  readonly jwks: () => Promise<{ readonly keys: PublicKey[] }>
  /** Loads the key first, so that signing cannot fail because the key is missing. Refuses `issuer_unavailable`. */
  readonly signer: () => Promise<Sign>
  readonly sign: Sign
}

/** RFC 7517. */
type PublicKey = SigningKey['publicJwk'] & {
  readonly kid: string
  readonly alg: string
  readonly use: string
}

/** @param seconds the lifetime of the token. */
type Sign = (claims: Omit<AccessClaims, 'jti' | 'exp'>, seconds: number) => Promise<string>

const Payload = AccessClaims.extend({ exp: EpochSeconds })
const ALGORITHM = 'ES256'

export function makeEmbeddedIssuer({
  url,
  ...store
}: SigningKeyOptions & { readonly url: string }): EmbeddedIssuer {
  const { now } = store
  const cache = makeKeyCache({
    now,
    load: async () => toKeySet(await findOrCreateSigningKeys(store)),
  })
  const opened = new Map<string, Awaited<ReturnType<typeof importJWK>>>()

  const open = async ({ id, privateKey }: SigningKey) => {
    const known = opened.get(id)
    if (known !== undefined) return known
    const key = await importJWK(JSON.parse(openSealed(privateKey, id)), ALGORITHM)
    opened.set(id, key)
    return key
  }
  const openSealed = (sealed: string, id: string) => {
    try {
      return store.keyring.open('signing-key', sealed, id)
    } catch {
      throw new Refusal('misconfigured')
    }
  }

  const signer = async (): Promise<Sign> => {
    const { keys } = await cache.current()
    const newest = keys.find(({ signsFrom }) => signsFrom <= now().getTime())
    if (newest === undefined) throw new Refusal('issuer_unavailable', { retryAfter: 5 })
    const key = await open(newest)
    return (claims, seconds) => {
      const issued = Math.floor(now().getTime() / 1000)
      return new SignJWT({ ...claims })
        .setProtectedHeader({ alg: ALGORITHM, typ: 'at+jwt', kid: newest.id })
        .setIssuer(url)
        .setAudience(url)
        .setIssuedAt(issued)
        .setExpirationTime(issued + seconds)
        .setJti(newId('token', now()))
        .sign(key)
    }
  }

  return {
    url,
    jwks: async () => (await cache.current()).jwks,
    verify: makeAccessTokenVerifier({
      keys: cache,
      now,
      kid: idPattern('key'),
      issuer: url,
      audience: url,
      algorithms: [ALGORITHM],
      typ: 'at+jwt',
      requiredClaims: ['exp', 'iat', 'sub', 'client_id', 'jti', 'tenant', 'scope'],
      readClaims: (payload) => Payload.safeParse(payload).data ?? null,
    }),
    signer,
    sign: async (claims, seconds) => (await signer())(claims, seconds),
  }
}

function toKeySet(keys: readonly SigningKey[]) {
  const jwks = {
    keys: keys.map(({ id, publicJwk }) => ({ ...publicJwk, kid: id, alg: ALGORITHM, use: 'sig' })),
  }
  return { ...toVerifyingKeys(jwks), jwks, keys }
}
