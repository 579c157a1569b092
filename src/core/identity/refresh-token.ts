import { createHash } from 'node:crypto'
import { type Keyring, NONCE_BYTES } from '#core/context'
import { isId } from '#kernel/id'

/** A refresh token, and the hash that is stored. */
type Token = { readonly text: string; readonly hash: string }

/** The content of a refresh token, which only this service can read. */
export type RefreshToken = Token & { readonly tenant: string; readonly sessionId: string }

const PREFIX = 'rt_'

/** SHA-256, base64url. */
const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url')

/** A token of a session. It is sealed. Otherwise a forged token could end a session, as a used token does. */
function seal(keyring: Keyring, tenant: string, sessionId: string, nonce?: Uint8Array): Token {
  const text = PREFIX + keyring.seal('refresh-token', `${tenant} ${sessionId}`, 'refresh', nonce)
  return { text, hash: hashOf(text) }
}

/** The first token of a session; no two are alike. */
export const makeRefreshToken = (keyring: Keyring, tenant: string, sessionId: string): Token =>
  seal(keyring, tenant, sessionId)

/**
 * The child of a token: the one that replaces it. It follows from its parent by a keyed hash, so a parent has one child, which is
 * stored nowhere and which only this service can tell. The nonce is derived from a token of this session, so it seals no other text.
 */
export function nextRefreshToken(
  keyring: Keyring,
  { text, tenant, sessionId }: RefreshToken,
): Token {
  const nonce = Buffer.from(keyring.mac('refresh-child', text), 'base64url')
  return seal(keyring, tenant, sessionId, nonce.subarray(0, NONCE_BYTES))
}

/** Null for a text that was not made here. */
export function readRefreshToken(keyring: Keyring, text: string): RefreshToken | null {
  if (!text.startsWith(PREFIX)) return null
  try {
    const said = keyring.open('refresh-token', text.slice(PREFIX.length), 'refresh')
    const [tenant = '', sessionId = ''] = said.split(' ')
    return isId('session', sessionId) ? { text, hash: hashOf(text), tenant, sessionId } : null
  } catch {
    return null
  }
}
