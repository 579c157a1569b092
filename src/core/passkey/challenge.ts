import { createHash } from 'node:crypto'
import { type Context, rpIdOf } from '#core/context'

/** The time that a person may take. */
export const CHALLENGE_MS = 5 * 60_000

const TIME_BYTES = 6
const RANDOM_BYTES = 18
/** The letters of these 24 bytes. The others are a keyed hash. */
const HEAD_LENGTH = 32

/**
 * The use of a challenge. A new passkey is for one customer; a login is for the passkey's owner.
 */
type Use =
  | { readonly of: 'registration'; readonly customerId: string }
  | { readonly of: 'login'; readonly customerId?: never }

/** A challenge that may be spent once, by its hash. */
export type Challenge = { readonly hash: string; readonly expiresAt: string }

/**
 * Makes a challenge. A keyed hash covers its time and its use. So it is stored only when it is used, and requests for challenges fill no table.
 */
export function makeChallenge(ctx: Context, use: Use): string {
  const head = Buffer.alloc(TIME_BYTES + RANDOM_BYTES)
  head.writeUIntBE(ctx.now.getTime(), 0, TIME_BYTES)
  crypto.getRandomValues(head.subarray(TIME_BYTES))
  return withMac(ctx, use, head.toString('base64url'))
}

/** Null for a challenge that was not made here for this use, or is too old. */
export function readChallenge(ctx: Context, use: Use, text: string): Challenge | null {
  const head = text.slice(0, HEAD_LENGTH)
  const hash = hashOf(text)
  if (hash !== hashOf(withMac(ctx, use, head))) return null
  const madeAt = Buffer.from(head, 'base64url').readUIntBE(0, TIME_BYTES)
  const expires = madeAt + CHALLENGE_MS
  return expires > ctx.now.getTime() ? { hash, expiresAt: new Date(expires).toISOString() } : null
}

function withMac({ keyring, tenant, settings }: Context, use: Use, head: string): string {
  const said = [tenant, rpIdOf(settings), use.of, use.customerId ?? '', head]
  return head + keyring.mac('passkey-challenge', said.join(' '))
}

const hashOf = (text: string): string =>
  createHash('sha256').update(`passkey ${text}`).digest('base64url')
