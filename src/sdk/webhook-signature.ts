import { CommerceError } from './error.ts'

const TOLERANCE_SECONDS = 300

export type VerifyOptions = {
  /** The seconds by which the sender's clock and this one may differ. */
  readonly tolerance?: number
  /** For tests. */
  readonly now?: Date
}

type HeadersLike = Headers | Readonly<Record<string, string | readonly string[] | undefined>>

/**
 * Verifies that a webhook request comes from the service (Standard Webhooks 1.0), and returns its event. `payload` is the unparsed body.
 * `secret` is the secret of the endpoint, or both while one is being rotated. Rejects with `invalid_signature`.
 */
export async function verifyWebhook<T = unknown>(
  payload: string | Uint8Array,
  headers: HeadersLike,
  secret: string | readonly string[],
  { tolerance = TOLERANCE_SECONDS, now = new Date() }: VerifyOptions = {},
): Promise<T> {
  const id = headerOf(headers, 'webhook-id')
  const timestamp = headerOf(headers, 'webhook-timestamp')
  const body = typeof payload === 'string' ? new TextEncoder().encode(payload) : payload
  const text = new TextDecoder().decode(body)
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${text}`)
  const age = Math.abs(now.getTime() / 1000 - Number(timestamp))
  const signatures = headerOf(headers, 'webhook-signature')
    .split(' ')
    .filter((signature) => signature.startsWith('v1,'))
  if (!(timestamp !== '' && age <= tolerance)) throw refused('The timestamp is too old or missing.')
  for (const candidate of [secret].flat()) {
    const key = await importKey(candidate)
    for (const signature of signatures) {
      const bytes = decode(signature.slice(3))
      if (bytes && (await crypto.subtle.verify('HMAC', key, bytes, signed))) return JSON.parse(text)
    }
  }
  throw refused('The signature does not match.')
}

const refused = (message: string) => new CommerceError('invalid_signature', message)

function headerOf(headers: HeadersLike, name: string): string {
  if (headers instanceof Headers) return headers.get(name) ?? ''
  const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1] ?? ''
  return typeof found === 'string' ? found : (found[0] ?? '')
}

function importKey(secret: string): Promise<CryptoKey> {
  const bytes = decode(secret.replace(/^whsec_/, ''))
  if (!bytes) throw new TypeError('The secret must be whsec_… as the service gave it.')
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
}

function decode(base64: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  } catch {
    return null
  }
}
