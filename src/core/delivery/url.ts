import type { Deployment } from '#core/context'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Names that stay within a network or lead nowhere (RFC 6761, 6762, 7686, 8375, 9476; ICANN reserves `.internal` for private use). */
const PRIVATE_NAME =
  /(?:^|\.)(?:localhost|local|localdomain|internal|intranet|private|corp|home|lan|arpa|invalid|onion|alt)$/

/** Names that resolve to the address that is written in them. */
const MIRROR_NAME =
  /(?:^|\.)(?:nip\.io|sslip\.io|xip\.io|traefik\.me|localtest\.me|lvh\.me|vcap\.me|localhost\.direct)$/

/**
 * The one form of a URL, in which it is judged, stored, shown and fetched: as the URL parser writes it, without its fragment. Null for
 * a text that is no URL, or that has blanks or control characters, which the parser would drop.
 */
export function canonicalUrl(text: string): string | null {
  const url = /[\s\p{Cc}]/u.test(text) ? null : URL.parse(text)
  if (url === null) return null
  url.hash = ''
  return url.href
}

/**
 * Whether messages may be sent to a URL: over TLS, to a name of the public Internet, not to this service. workerd connects to public
 * addresses only, so it refuses a name that resolves to a private address.
 */
export function isAllowedUrl(text: string, { publicUrl, development }: Deployment): boolean {
  const url = URL.parse(text)
  if (url === null || url.username !== '' || url.password !== '') return false
  if (development && LOOPBACK.has(url.hostname)) return /^https?:$/.test(url.protocol)
  const host = url.hostname.replace(/\.$/, '')
  return url.protocol === 'https:' && isPublicName(host) && host !== new URL(publicUrl).hostname
}

/** At least two labels of DNS (RFC 1035). `URL` writes every spelling of an IPv4 address as four numbers, and puts IPv6 in brackets. */
const NAME = /^(?=.{1,253}$)(?:[a-z\d_-]{1,63}\.)+[a-z][a-z\d-]{0,62}$/

const isPublicName = (host: string): boolean =>
  NAME.test(host) && !PRIVATE_NAME.test(host) && !MIRROR_NAME.test(host)
