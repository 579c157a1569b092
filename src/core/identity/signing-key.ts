import { sql } from 'drizzle-orm'
import { exportJWK, generateKeyPair } from 'jose'
import * as z from 'zod'
import type { Keyring } from '#core/context'
import type { Database } from '#db/client'
import { newId } from '#kernel/id'

/** RFC 7518, 6.2.1: the public half of an ES256 key. */
const PublicJwk = z.object({ kty: z.literal('EC'), crv: z.string(), x: z.string(), y: z.string() })

const SigningKey = z
  .object({ id: z.string(), public_jwk: PublicJwk, private_key: z.string(), signs_from: z.date() })
  .transform(({ id, public_jwk, private_key, signs_from }) => ({
    id,
    publicJwk: public_jwk,
    /** Sealed. */
    privateKey: private_key,
    signsFrom: signs_from.getTime(),
  }))
export type SigningKey = z.output<typeof SigningKey>

export type KeyStore = {
  readonly db: Database
  readonly keyring: Keyring
  readonly now: () => Date
}

const DAY_MS = 24 * 60 * 60_000
/** A key signs for this long, then its successor does. */
const SIGNS_MS = 60 * DAY_MS
/** A successor is published for this long before it signs, so that every cache knows it by then. */
const PUBLISHED_MS = 2 * DAY_MS
/** Signing, the wait for a late successor, and the longest life of a token. */
const LIFE_MS = SIGNS_MS + 60 * DAY_MS

/** The keys that verify now, the newest first; makes the first one. */
export async function loadSigningKeys(store: KeyStore): Promise<SigningKey[]> {
  const found = await findSigningKeys(store)
  if (found.length > 0) return found
  await addSigningKey(store, store.now(), sql`true`)
  return findSigningKeys(store)
}

/**
 * For cron: makes the successor of a key that has signed for 60 days, and forgets the keys that verify nothing any more.
 * However often it runs, there is one successor.
 */
export async function rotateSigningKeys(store: KeyStore): Promise<void> {
  const due = iso(store.now().getTime() - SIGNS_MS + PUBLISHED_MS)
  const signsFrom = new Date(store.now().getTime() + PUBLISHED_MS)
  await addSigningKey(store, signsFrom, sql`signs_from > ${due}::timestamptz`)
  await store.db.run([
    sql`delete from signing_key where expires_at <= ${iso(store.now().getTime())}::timestamptz`,
  ])
}

const iso = (ms: number): string => new Date(ms).toISOString()

async function findSigningKeys({ db, now }: KeyStore): Promise<SigningKey[]> {
  const query = sql`select id, public_jwk, private_key, signs_from from signing_key
    where expires_at > ${iso(now().getTime())}::timestamptz order by signs_from desc`
  const [found = []] = await db.run([query])
  return found.map((row) => SigningKey.parse(row))
}

/** Adds a key unless a valid one is `enough` already. The lock is a statement of its own: the next sees what it waited for. */
async function addSigningKey(
  { db, keyring, now }: KeyStore,
  signsFrom: Date,
  enough: ReturnType<typeof sql>,
): Promise<void> {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
  const id = newId('key', now())
  const sealed = keyring.seal('signing-key', JSON.stringify(await exportJWK(privateKey)), id)
  const at = iso(now().getTime())
  await db.run([
    sql`select pg_advisory_xact_lock(hashtext('signing_key'))`,
    sql`insert into signing_key (id, public_jwk, private_key, signs_from, created_at, expires_at)
      select ${id}, ${JSON.stringify(await exportJWK(publicKey))}::jsonb, ${sealed}, ${signsFrom.toISOString()}::timestamptz,
        ${at}::timestamptz, ${iso(signsFrom.getTime() + LIFE_MS)}::timestamptz
      where not exists (select from signing_key where expires_at > ${at}::timestamptz and ${enough})`,
  ])
}
