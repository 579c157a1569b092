import { exportJWK, generateKeyPair } from 'jose'
import * as z from 'zod'
import { commitWithoutKey, type Keyring, newOutcome, type Runner, read } from '#core/context'
import type { Database } from '#db/database'
import { newId } from '#kernel/id'
import * as query from './generated/query.ts'

/** RFC 7518, 6.2.1: the public half of an ES256 key. */
const PublicJwk = z.object({ kty: z.literal('EC'), crv: z.string(), x: z.string(), y: z.string() })

export type SigningKey = {
  readonly id: string
  readonly publicJwk: z.output<typeof PublicJwk>
  /** Sealed. */
  readonly privateKey: string
  readonly signsFrom: number
}

export type SigningKeyOptions = {
  readonly db: Database
  readonly keyring: Keyring
  readonly now: () => Date
}

const DAY_MS = 24 * 60 * 60_000
/** The time for which a key signs before its successor does. */
const SIGNS_MS = 60 * DAY_MS
/** The time for which a successor is published before it signs, so that every cache knows it by then. */
const PUBLISHED_MS = 2 * DAY_MS
/** The sum of three times: signing, the wait for a late successor, and the longest lifetime of a token. */
const LIFE_MS = SIGNS_MS + 60 * DAY_MS

/** Before every moment: a key that verifies is enough. */
const ALWAYS = '-infinity'

/** The keys that verify now, the newest first; makes the first one. */
export async function findOrCreateSigningKeys(store: SigningKeyOptions): Promise<SigningKey[]> {
  const found = await findSigningKeys(store)
  if (found.length > 0) return found
  await addSigningKey(store, store.now(), ALWAYS)
  return findSigningKeys(store)
}

/**
 * For cron: makes the successor of a key that has signed for 60 days, and deletes the keys that verify nothing any more.
 * Several runs make one successor.
 */
export async function rotateSigningKeys(store: SigningKeyOptions): Promise<void> {
  const now = store.now().getTime()
  const signsFrom = new Date(now + PUBLISHED_MS)
  await addSigningKey(store, signsFrom, iso(now - SIGNS_MS + PUBLISHED_MS))
  await commitWithoutKey(runnerOf(store), { deleted: query.purgeSigningKeys({ now: iso(now) }) })
}

const iso = (ms: number): string => new Date(ms).toISOString()

const runnerOf = ({ db }: SigningKeyOptions): Runner => ({ db, outcome: newOutcome() })

async function findSigningKeys(store: SigningKeyOptions): Promise<SigningKey[]> {
  const { found } = await read(runnerOf(store), {
    found: query.findSigningKeys({ now: store.now().toISOString() }),
  })
  return found.map(({ publicJwk, signsFrom, ...key }) => ({
    ...key,
    publicJwk: PublicJwk.parse(publicJwk),
    signsFrom: new Date(signsFrom).getTime(),
  }))
}

/** Adds a key, unless one that verifies now signs after `enoughAfter`. */
async function addSigningKey(
  store: SigningKeyOptions,
  signsFrom: Date,
  enoughAfter: string,
): Promise<void> {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
  const id = newId('key', store.now())
  const { kty = '', crv = '', x = '', y = '' } = await exportJWK(publicKey)
  const added = query.createSigningKey({
    id,
    publicJwk: { kty, crv, x, y },
    privateKey: store.keyring.seal('signing-key', JSON.stringify(await exportJWK(privateKey)), id),
    signsFrom: signsFrom.toISOString(),
    createdAt: store.now().toISOString(),
    expiresAt: iso(signsFrom.getTime() + LIFE_MS),
    enoughAfter,
  })
  await commitWithoutKey(runnerOf(store), { added })
}
