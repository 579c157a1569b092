/**
 * What is no single machine of the public Internet: IANA's special-purpose registries, multicast, and the metadata service that Azure
 * has at a public address.
 */
const SPECIAL_V4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16'],
  ...['172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.31.196.0/24', '192.52.193.0/24'],
  ...['192.88.99.0/24', '192.168.0.0/16', '192.175.48.0/24', '198.18.0.0/15', '198.51.100.0/24'],
  ...['203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4', '168.63.129.16/32'],
]

/** Of the addresses that are given to machines (RFC 4291): protocols and Teredo, documentation, 6to4, AS112. All others are special. */
const GLOBAL_V6 = '2000::/3'
const SPECIAL_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20']

/** IPv6 ranges that carry an IPv4 address: mapped (RFC 4291) and DNS64 (RFC 6052). */
const CARRIERS = ['::ffff:0:0/96', '64:ff9b::/96']

/** Whether an address, as a resolver writes it, is one of the public Internet. */
export const isPublicAddress = (text: string): boolean =>
  judged(
    text,
    (v4) => !isInAny(v4, SPECIAL_V4),
    (v6) => isInAny(v6, [GLOBAL_V6]) && !isInAny(v6, SPECIAL_V6),
  )

/** Whether an address, as a resolver writes it, is this machine. */
export const isLoopbackAddress = (text: string): boolean =>
  judged(
    text,
    (v4) => isInAny(v4, ['127.0.0.0/8']),
    (v6) => isInAny(v6, ['::1/128']),
  )

/** Ranges that every network may use internally (RFC 1918, 3927, 6598, 4193, 4291). */
const SHARED_V4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16'],
  ...['172.16.0.0/12', '192.168.0.0/16'],
]
const SHARED_V6 = ['::/127', 'fc00::/7', 'fe80::/10']

/** Whether an address is of a private, shared, link-local or loopback network. Documentation ranges are not. */
export const isLocalNetworkAddress = (text: string): boolean =>
  judged(
    text,
    (v4) => isInAny(v4, SHARED_V4),
    (v6) => isInAny(v6, SHARED_V6),
  )

type Address = { readonly bits: 32 | 128; readonly value: bigint }
type Judge = (address: Address) => boolean

/** A text that is no address is neither public nor this machine. */
function judged(text: string, judgeV4: Judge, judgeV6: Judge): boolean {
  const address = parse(text)
  if (address === null) return false
  if (address.bits === 32) return judgeV4(address)
  if (!isInAny(address, CARRIERS)) return judgeV6(address)
  return judgeV4({ bits: 32, value: BigInt.asUintN(32, address.value) })
}

const isInAny = (address: Address, ranges: readonly string[]): boolean =>
  ranges.some((range) => {
    const [start = '', length] = range.split('/')
    const rest = BigInt(address.bits - Number(length))
    return address.value >> rest === (parse(start)?.value ?? 0n) >> rest
  })

function parse(text: string): Address | null {
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)) return parseV4(text)
  const host = text.includes(':') ? URL.parse(`http://[${text}]`)?.hostname : undefined
  return host === undefined ? null : parseV6(host.slice(1, -1))
}

function parseV4(text: string): Address | null {
  const parts = text.split('.').map(Number)
  if (parts.some((part) => part > 255)) return null
  return { bits: 32, value: parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n) }
}

/** @param text as the URL parser writes it: hexadecimal, with at most one `::`. */
function parseV6(text: string): Address {
  const [front = [], back = []] = text.split('::').map((half) => half.split(':').filter(Boolean))
  const zeros = Array<string>(8 - front.length - back.length).fill('0')
  const groups = [...front, ...zeros, ...back]
  const value = groups.reduce((sum, group) => sum * 0x10000n + BigInt(`0x${group}`), 0n)
  return { bits: 128, value }
}
