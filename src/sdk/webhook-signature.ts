import { CommerceError } from './error.ts'

const TOLERANCE_SECONDS = 300
/** Standard Webhooks 1.0: 24 to 64 bytes. A shorter key, such as that of an empty setting, can be guessed. */
const SECRET_BYTES = 24

export type VerifyOptions = {
  /** The seconds by which the sender's clock and this one may differ. */
  readonly tolerance?: number
  /** For tests. */
  readonly now?: Date
}

type HeadersLike = Headers | Readonly<Record<string, string | readonly string[] | undefined>>

/**
 * Verifies that a webhook request comes from the service (Standard Webhooks 1.0), and returns its event. `payload` is the unparsed
 * body, best as the bytes that came. `secret` is the secret of the endpoint, or both while one is being rotated. Rejects with
 * `invalid_signature`, and with `invalid_secret` if any secret is empty, no base64, or shorter than 24 bytes: also if another one is
 * right.
 */
export async function verifyWebhook<T = unknown>(
  payload: string | Uint8Array,
  headers: HeadersLike,
  secret: string | readonly string[],
  { tolerance = TOLERANCE_SECONDS, now = new Date() }: VerifyOptions = {},
): Promise<T> {
  const keys = readSecrets([secret].flat())
  const timestamp = headerOf(headers, 'webhook-timestamp')
  const age = Math.abs(now.getTime() / 1000 - Number(timestamp))
  if (!(/^\d+$/.test(timestamp) && age <= tolerance)) {
    throw refused('The timestamp is too old or missing.')
  }
  const body = typeof payload === 'string' ? new TextEncoder().encode(payload) : payload
  const signed = join(`${headerOf(headers, 'webhook-id')}.${timestamp}.`, body)
  const signatures = headerOf(headers, 'webhook-signature')
    .split(/\s+/)
    .flatMap((one) => (one.startsWith('v1,') ? (decode(one.slice(3)) ?? []) : []))
  for (const key of keys) {
    for (const signature of signatures) {
      if (await isSigned(key, signature, signed)) return parse(body)
    }
  }
  throw refused('The signature does not match.')
}

const refused = (message: string) => new CommerceError('invalid_signature', message)

/** The keys of all secrets. An invalid secret is a mistake of the receiver. It is reported at once, even if another secret is valid. */
function readSecrets(secrets: readonly string[]): Bytes[] {
  const wrong = (which: string) =>
    new CommerceError(
      'invalid_secret',
      `${which} is no secret of a webhook: it must be whsec_… as the service gave it, at least ${SECRET_BYTES} bytes in base64.`,
    )
  if (secrets.length === 0) throw wrong('None')
  return secrets.map((secret, n) => {
    const key = decode(
      String(secret ?? '')
        .trim()
        .replace(/^whsec_/, ''),
    )
    if (key === null || key.length < SECRET_BYTES)
      throw wrong(`Number ${n + 1} of ${secrets.length}`)
    return key
  })
}

function headerOf(headers: HeadersLike, name: string): string {
  if (headers instanceof Headers) return headers.get(name) ?? ''
  const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1] ?? ''
  return typeof found === 'string' ? found : (found[0] ?? '')
}

type Bytes = Uint8Array<ArrayBuffer>

function join(head: string, body: Uint8Array): Bytes {
  const start = new TextEncoder().encode(head)
  const joined = new Uint8Array(start.length + body.length)
  joined.set(start)
  joined.set(body, start.length)
  return joined
}

async function isSigned(key: Bytes, signature: Bytes, signed: Bytes): Promise<boolean> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const imported = await crypto.subtle.importKey('raw', key, algorithm, false, ['verify'])
  return crypto.subtle.verify('HMAC', imported, signature, signed)
}

/** Parses the body. A body with a valid signature is JSON of the service. */
function parse<T>(body: Uint8Array): T {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body))
  } catch (cause) {
    throw new CommerceError('unexpected_response', 'The payload is not an event.', { cause })
  }
}

/** Base64 with its padding (RFC 4648, 4); null for anything else. */
function decode(base64: string): Bytes | null {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(base64)) return null
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}
