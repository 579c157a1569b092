import { createHash } from 'node:crypto'
import type { Keyring } from '#core/context'
import { isId } from '#kernel/id'

/** The content of a refresh token, which only this service can read. */
export type RefreshToken = {
  readonly tenant: string
  readonly sessionId: string
  /** The stored hash. */
  readonly hash: string
}

const PREFIX = 'rt_'

/** SHA-256, base64url. */
const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url')

/** A new token of a session; no two are alike. It is sealed, so that no forged token can end a session as a used one. */
export function makeRefreshToken(
  keyring: Keyring,
  tenant: string,
  sessionId: string,
): { readonly text: string; readonly hash: string } {
  const text = PREFIX + keyring.seal('refresh-token', `${tenant} ${sessionId}`, 'refresh')
  return { text, hash: hashOf(text) }
}

/** Null for a text that was not made here. */
export function readRefreshToken(keyring: Keyring, text: string): RefreshToken | null {
  if (!text.startsWith(PREFIX)) return null
  try {
    const said = keyring.open('refresh-token', text.slice(PREFIX.length), 'refresh')
    const [tenant = '', sessionId = ''] = said.split(' ')
    return isId('session', sessionId) ? { tenant, sessionId, hash: hashOf(text) } : null
  } catch {
    return null
  }
}
