const prefixes = {
  customer: 'cust',
  address: 'addr',
  merge: 'mrg',
  erasure: 'ers',
  event: 'evt',
  job: 'job',
  webhook: 'whk',
  delivery: 'dlv',
  deadLetter: 'dlt',
  request: 'req',
  session: 'ses',
  key: 'key',
  mail: 'mail',
  consent: 'cns',
  attempt: 'att',
  token: 'tok',
  task: 'tsk',
  emailChange: 'chg',
  loginHandle: 'lgh',
  passkey: 'psk',
} as const

export type Noun = keyof typeof prefixes
export type Id<N extends Noun> = `${(typeof prefixes)[N]}_${string}`
export type CustomerId = Id<'customer'>
export type AddressId = Id<'address'>

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** 128 bits as 26 characters of Crockford's base 32, as TypeID 0.3 writes a UUID. */
function encode(bytes: Uint8Array): string {
  let bits = 0
  let pending = 2
  let text = ''
  for (const byte of bytes) {
    bits = (bits << 8) | byte
    pending += 8
    while (pending >= 5) {
      pending -= 5
      text += alphabet[(bits >>> pending) & 31]
    }
    bits &= (1 << pending) - 1
  }
  return text
}

const LENGTH = 16
/** Random bytes are fetched for many ids at once, for a call into the runtime costs more than an id. */
const pool = new Uint8Array(256 * LENGTH)
let used = pool.length

/** The next sixteen random bytes, which are used only once. */
function randomBytes(): Uint8Array {
  if (used === pool.length) {
    crypto.getRandomValues(pool)
    used = 0
  }
  const bytes = pool.slice(used, used + LENGTH)
  used += LENGTH
  return bytes
}

/** Writes the first 48 bits: milliseconds since 1970. */
function writeMoment(bytes: Uint8Array, ms: number): void {
  for (let at = 5, rest = ms; at >= 0; at--) {
    bytes[at] = rest % 256
    rest = Math.floor(rest / 256)
  }
}

/**
 * A new id, ordered by time: prefix + 26 characters (TypeID over UUIDv7, RFC 9562).
 * @param now sets the first 48 bits, milliseconds since 1970.
 */
export function newId<N extends Noun>(noun: N, now: Date): Id<N> {
  const bytes = randomBytes()
  writeMoment(bytes, now.getTime())
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return `${prefixes[noun]}_${encode(bytes)}`
}

const patterns = new Map<Noun, RegExp>()

/** The pattern of a noun's ids, for schemas and URLs. */
export function idPattern(noun: Noun): RegExp {
  const pattern =
    patterns.get(noun) ?? new RegExp(`^${prefixes[noun]}_[0-7][0-9a-hjkmnp-tv-z]{25}$`)
  patterns.set(noun, pattern)
  return pattern
}

export const isId = <N extends Noun>(noun: N, text: string): text is Id<N> =>
  idPattern(noun).test(text)

/** The lowest possible id of a noun that is made at a moment or later. */
export function idFloor(noun: Noun, from: Date): string {
  const bytes = new Uint8Array(LENGTH)
  writeMoment(bytes, Math.max(0, from.getTime()))
  return `${prefixes[noun]}_${encode(bytes).slice(0, 10)}`
}
