import { sql } from 'drizzle-orm'
import {
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  jwtVerify,
  SignJWT,
} from 'jose'
import type { Keyring } from '#core/context'
import type { Database } from '#db/client'
import { Refusal } from '#kernel/error'
import { newId } from '#kernel/id'

/** The embedded OAuth 2.0 issuer: access tokens as RFC 9068 writes them, ES256, keys in Postgres. */
export type Issuer = {
  readonly url: string
  readonly sign: (claims: AccessClaims, seconds: number) => Promise<string>
  /** Refuses `invalid_token`. */
  readonly verify: (token: string) => Promise<AccessClaims>
  readonly jwks: () => Promise<{ keys: PublicKey[] }>
}

export type AccessClaims = {
  readonly sub: string
  readonly tenant: string
  readonly client_id: string
  readonly scope: string
  readonly sid?: string
  readonly groups?: readonly string[]
}

/** RFC 7517 and 7518: the public half of an ES256 key. */
type EcPoint = {
  readonly kty: string
  readonly crv: string
  readonly x: string
  readonly y: string
}
type PublicKey = EcPoint & { readonly kid: string; readonly alg: string; readonly use: string }

type Environment = {
  readonly db: Database
  readonly keyring: Keyring
  readonly now: () => Date
  readonly url: string
}

type SigningKey = {
  readonly id: string
  readonly publicJwk: EcPoint
  readonly privateKey: string
  readonly signsFrom: number
}

const DAY_MS = 24 * 60 * 60 * 1000
const KEY_LIFE_MS = 120 * DAY_MS
/** After an unknown key id the database is asked again, but not more often than this. */
const COOLDOWN_MS = 30_000
const KNOWN_TOKENS = 1000

export function makeIssuer({ db, keyring, now, url }: Environment): Issuer {
  let keys: Promise<SigningKey[]> | undefined
  let loadedAt = 0
  const verified = new Map<string, { claims: AccessClaims; exp: number }>()

  const load = () => {
    loadedAt = now().getTime()
    keys = loadKeys(db, keyring, now()).catch((error: unknown) => {
      keys = undefined
      throw error
    })
    return keys
  }
  const current = () => keys ?? load()
  const jwks = async (): Promise<{ keys: PublicKey[] }> => ({
    keys: (await current()).map(({ id, publicJwk }) => ({
      ...publicJwk,
      kid: id,
      alg: 'ES256',
      use: 'sig',
    })),
  })
  const options = {
    issuer: url,
    audience: url,
    algorithms: ['ES256'],
    typ: 'at+jwt',
    requiredClaims: ['exp', 'iat', 'sub', 'client_id', 'jti', 'tenant', 'scope'],
  }
  const check = async (token: string) =>
    jwtVerify(token, createLocalJWKSet(await jwks()), { ...options, currentDate: now() })

  return {
    url,
    jwks,
    async sign(claims, seconds) {
      const at = now()
      const signing = (await current()).filter((key) => key.signsFrom <= at.getTime())
      const newest = signing.sort((a, b) => b.signsFrom - a.signsFrom)[0]
      if (newest === undefined) throw new Refusal('issuer_unavailable', { retryAfter: 5 })
      const jwk = JSON.parse(keyring.open('signing-key', newest.privateKey, newest.id)) as JWK
      const issued = Math.floor(at.getTime() / 1000)
      return new SignJWT({ ...claims })
        .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: newest.id })
        .setIssuer(url)
        .setAudience(url)
        .setIssuedAt(issued)
        .setExpirationTime(issued + seconds)
        .setJti(newId('key', at))
        .sign(await importJWK(jwk, 'ES256'))
    },
    async verify(token) {
      const at = now().getTime()
      const known = verified.get(token)
      if (known !== undefined && known.exp * 1000 > at) return known.claims
      const checked = await check(token)
        .catch(async (error: unknown) => {
          const unknownKey =
            error instanceof Error && 'code' in error && error.code === 'ERR_JWKS_NO_MATCHING_KEY'
          if (!unknownKey || at - loadedAt < COOLDOWN_MS) throw error
          await load()
          return check(token)
        })
        .catch((error: unknown) => {
          if (error instanceof Error && 'code' in error) throw new Refusal('invalid_token')
          throw error
        })
      const claims = checked.payload as unknown as AccessClaims & { exp: number }
      if (verified.size >= KNOWN_TOKENS) verified.clear()
      verified.set(token, { claims, exp: claims.exp })
      return claims
    },
  }
}

async function loadKeys(db: Database, keyring: Keyring, now: Date): Promise<SigningKey[]> {
  const at = now.toISOString()
  const query = sql`select id, public_jwk, private_key, signs_from from signing_key where expires_at > ${at}::timestamptz`
  const [found] = await db.run([query])
  if (found !== undefined && found.length > 0) return found.map(toKey)
  const fresh = await makeKey(keyring, now)
  const expires = new Date(now.getTime() + KEY_LIFE_MS).toISOString()
  const [, kept] = await db
    .run([
      sql`with first as materialized (select pg_advisory_xact_lock(hashtext('signing_key')))
      select count(*) from first`,
      sql`insert into signing_key (id, public_jwk, private_key, signs_from, created_at, expires_at)
      select ${fresh.id}, ${JSON.stringify(fresh.publicJwk)}::jsonb, ${fresh.privateKey}, ${at}::timestamptz, ${at}::timestamptz, ${expires}::timestamptz
      where not exists (select from signing_key where expires_at > ${at}::timestamptz)`,
      query,
    ])
    .then((results) => [results[1], results[2]])
  return (kept ?? []).map(toKey)
}

async function makeKey(keyring: Keyring, now: Date) {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
  const id = newId('key', now)
  const secret = JSON.stringify(await exportJWK(privateKey))
  return {
    id,
    publicJwk: await exportJWK(publicKey),
    privateKey: keyring.seal('signing-key', secret, id),
  }
}

const toKey = (row: Readonly<Record<string, unknown>>): SigningKey => ({
  id: row.id as string,
  publicJwk: row.public_jwk as EcPoint,
  privateKey: row.private_key as string,
  signsFrom: (row.signs_from as Date).getTime(),
})
