const prefixes = {
  customer: 'cust',
  address: 'addr',
  merge: 'mrg',
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
  emailChange: 'chg',
} as const

export type Noun = keyof typeof prefixes
export type Id<N extends Noun> = `${(typeof prefixes)[N]}_${string}`
export type CustomerId = Id<'customer'>
export type AddressId = Id<'address'>
export type EventId = Id<'event'>

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

/**
 * A new id, ordered by time: prefix + 26 characters (TypeID over UUIDv7, RFC 9562).
 * @param now sets the first 48 bits, milliseconds since 1970.
 */
export function newId<N extends Noun>(noun: N, now: Date): Id<N> {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  new DataView(bytes.buffer).setUint16(0, Math.floor(now.getTime() / 2 ** 32))
  new DataView(bytes.buffer).setUint32(2, now.getTime() % 2 ** 32)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return `${prefixes[noun]}_${encode(bytes)}`
}

/** What an id of a noun looks like: a pattern for schemas and URLs. */
export const idPattern = (noun: Noun): RegExp =>
  new RegExp(`^${prefixes[noun]}_[0-7][0-9a-hjkmnp-tv-z]{25}$`)

export const isId = <N extends Noun>(noun: N, text: string): text is Id<N> =>
  idPattern(noun).test(text)

/** What the ids of a noun that are made from a moment on are not below. */
export function idFloor(noun: Noun, from: Date): string {
  const bytes = new Uint8Array(16)
  const ms = Math.max(0, from.getTime())
  new DataView(bytes.buffer).setUint16(0, Math.floor(ms / 2 ** 32))
  new DataView(bytes.buffer).setUint32(2, ms % 2 ** 32)
  return `${prefixes[noun]}_${encode(bytes).slice(0, 10)}`
}
