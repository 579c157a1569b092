import type { Deployment } from '#core/context'
import { outwardFault } from '#kernel/outward'

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
 * Why no message may be sent to a URL; null if it may. It is asked when the URL is saved and again before each message, for the rules and
 * the deployment's hosts may have changed.
 */
export function urlFault(text: string, deployment: Deployment): string | null {
  const url = URL.parse(text)
  return url === null ? 'Must be a URL.' : outwardFault(url, deployment)
}

export const isAllowedUrl = (text: string, deployment: Deployment): boolean =>
  urlFault(text, deployment) === null
