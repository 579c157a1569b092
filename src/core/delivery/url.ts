import type { Deployment } from '#core/context'
import { isLoopback, isPublicName } from '#kernel/host'

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
  if (development && isLoopback(url.hostname)) return /^https?:$/.test(url.protocol)
  const isOther = url.hostname.replace(/\.$/, '') !== new URL(publicUrl).hostname
  return url.protocol === 'https:' && isPublicName(url.hostname) && isOther
}
