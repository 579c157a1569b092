import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
} from 'node:crypto'
import { Bug } from '#kernel/error'

/** The uses of the master secret. Each has its own key, so that one cannot stand in for another. */
type Purpose =
  | 'fingerprint'
  | 'idempotency-key'
  | 'cursor'
  | 'position'
  | 'signing-key'
  | 'webhook-secret'
  | 'mail-token'
  | 'refresh-token'
  | 'refresh-child'
  | 'provider-refresh'
  | 'provider-tokens'
  | 'provider-user'
  | 'address'
  | 'erasure'
  | 'salt'
  | 'merge-plan'
  | 'client-mark'
  | 'device-token'
  | 'login-handle'
  | 'login-code'
  | 'passkey-challenge'
  | 'passkey-user'
  | 'login-page'
  | 'upstream-state'

export const NONCE_BYTES = 12

export type Keyring = {
  /** HMAC-SHA-256, base64url. */
  readonly mac: (purpose: Purpose, text: string) => string
  /**
   * AES-256-GCM. `context` is bound to the text: it opens only with the same one.
   * @param nonce 12 bytes; default: random ones. A nonce of one's own must never seal two different texts.
   */
  readonly seal: (purpose: Purpose, text: string, context: string, nonce?: Uint8Array) => string
  readonly open: (purpose: Purpose, sealed: string, context: string) => string
}

/** Derives every key from one secret of at least 32 bytes, base64 (HKDF, RFC 5869). */
export function makeKeyring(masterSecret: string): Keyring {
  const master = Buffer.from(masterSecret, 'base64')
  if (master.length < 32) throw new Bug('the master secret is shorter than 32 bytes')
  const keys = new Map<Purpose, KeyObject>()
  const keyOf = (purpose: Purpose) => {
    const known = keys.get(purpose)
    if (known !== undefined) return known
    const key = createSecretKey(Buffer.from(hkdfSync('sha256', master, 'customer', purpose, 32)))
    keys.set(purpose, key)
    return key
  }
  return {
    mac: (purpose, text) => createHmac('sha256', keyOf(purpose)).update(text).digest('base64url'),
    seal(purpose, text, context, nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES))) {
      const cipher = createCipheriv('aes-256-gcm', keyOf(purpose), nonce)
      cipher.setAAD(Buffer.from(context))
      const body = [cipher.update(text, 'utf8'), cipher.final()]
      return Buffer.concat([nonce, ...body, cipher.getAuthTag()]).toString('base64url')
    },
    open(purpose, sealed, context) {
      const bytes = Buffer.from(sealed, 'base64url')
      // The decoder skips what is not base64url. One spelling opens, so that a changed text is no other text that was sealed here.
      if (bytes.toString('base64url') !== sealed) throw new TypeError('not a sealed text')
      const decipher = createDecipheriv(
        'aes-256-gcm',
        keyOf(purpose),
        bytes.subarray(0, NONCE_BYTES),
      )
      decipher.setAAD(Buffer.from(context))
      decipher.setAuthTag(bytes.subarray(-16))
      const body = bytes.subarray(NONCE_BYTES, -16)
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
    },
  }
}
