import { isLocalNetworkAddress } from './ip-address-kind.ts'

/** An IPv4 address, four decimal numbers without leading zeros (RFC 6943, 3.1.1: other spellings mean different things to different readers). */
const V4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/
/** What the URL parser may see of an IPv6 address: no zone, no port. */
const V6 = /^[\da-f:.]{2,45}$/i

/** One IP address in its one spelling (RFC 5952); an IPv4 address within an IPv6 one is that IPv4 address. Null for another text. */
export function toCanonicalIpAddress(text: string): string | null {
  if (V4.test(text)) return text
  if (!V6.test(text) || !text.includes(':')) return null
  const host = URL.parse(`http://[${text}]`)?.hostname
  if (host === undefined) return null
  const address = host.slice(1, -1)
  return mappedIn(address) ?? address
}

/** The IPv4 address that an IPv6 one maps (RFC 4291, 2.5.5.2). */
function mappedIn(address: string): string | null {
  const [, high, low] = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/.exec(address) ?? []
  if (high === undefined || low === undefined) return null
  return [high, low]
    .map((word) => Number.parseInt(word, 16))
    .flatMap((word) => [word >> 8, word & 255])
    .join('.')
}

/** Whether an address is globally unique. A private address identifies no caller. */
export const isPublicPlace = (address: string): boolean => !isLocalNetworkAddress(address)

/** The place of an address: an IPv4 address, or the network of an IPv6 address (64 bits), for its owner has 2^64 of them. */
export const placeOfAddress = (address: string): string => networkOf(address, 4) ?? address

/** A network that a place belongs to, and its size in places that a provider gives to one customer. */
type Network = { readonly network: string; readonly size: number }

/**
 * The place of an address and the wider networks that one owner may have (RFC 6177: /56 and /48). The limit of a wider network is `size` times that of a place.
 */
export function networksOf(address: string): readonly Network[] {
  const wider = address.includes(':')
    ? [
        { network: `${networkOf(address, 3.5)}/56`, size: 2 },
        { network: `${networkOf(address, 3)}/48`, size: 4 },
      ]
    : []
  return [{ network: placeOfAddress(address), size: 1 }, ...wider]
}

/** The first words of an IPv6 address; half a word is its upper byte. Null for an IPv4 address. */
function networkOf(address: string, words: number): string | null {
  if (!address.includes(':')) return null
  const [head = '', tail = ''] = address.split('::')
  const start = head.split(':').filter(Boolean)
  const end = tail.split(':').filter(Boolean)
  const zeros = Array.from({ length: Math.max(0, 8 - start.length - end.length) }, () => '0')
  const all = [...start, ...zeros, ...end].slice(0, Math.ceil(words))
  if (words % 1 !== 0) all.push(upperByte(all.pop() ?? '0'))
  return all.join(':')
}

const upperByte = (word: string): string => (Number.parseInt(word, 16) & 0xff00).toString(16)
