import { createHash } from 'node:crypto'
import type { Keyring } from '#core/context'
import { isId } from '#kernel/id'

/** What a refresh token says to us; to everyone else it says nothing. */
export type RefreshToken = {
  readonly tenant: string
  readonly sessionId: string
  /** As it is stored. */
  readonly hash: string
}

const PREFIX = 'rt_'

/** SHA-256, base64url. */
const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url')

/** A new token of a session; no two are alike. Sealed, so that only one of ours can end a session by being used twice. */
export function makeRefreshToken(
  keyring: Keyring,
  tenant: string,
  sessionId: string,
): { readonly text: string; readonly hash: string } {
  const text = PREFIX + keyring.seal('refresh-token', `${tenant} ${sessionId}`, 'refresh')
  return { text, hash: hashOf(text) }
}

/** Null for what was not made here. */
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
