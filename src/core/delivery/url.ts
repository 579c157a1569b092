import type { Deployment } from '#core/context'
import { outboundUrlFault } from '#kernel/outbound-url'

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
 * Why no message may be sent to a URL; null if it may. The URL is checked when it is saved and before each message, because the rules and the deployment's hosts may change.
 */
export function disallowedUrlReason(text: string, deployment: Deployment): string | null {
  const url = URL.parse(text)
  return url === null ? 'Must be a URL.' : outboundUrlFault(url, deployment)
}

export const isAllowedUrl = (text: string, deployment: Deployment): boolean =>
  disallowedUrlReason(text, deployment) === null
