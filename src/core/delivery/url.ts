import type { Deployment } from '#core/context'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Names that never lead out of a network (RFC 6761, 6762, 8375; `.internal` is ICANN's for private use). */
const PRIVATE_NAME =
  /(?:^|\.)(?:localhost|local|localdomain|internal|intranet|private|corp|home|lan|home\.arpa)$/

/** Names under which anyone gets any address they write into them. */
const MIRROR_NAME = /(?:^|\.)(?:nip\.io|sslip\.io|xip\.io|localtest\.me|lvh\.me|vcap\.me)$/

/**
 * Whether something may be sent there: over TLS, to a name of the public Internet, not to ourselves. A name that leads to a
 * private address is refused where the connection is made: workerd goes to public addresses only.
 */
export function isAllowedUrl(text: string, { publicUrl, development }: Deployment): boolean {
  const url = URL.parse(text)
  if (url === null || url.username !== '' || url.password !== '') return false
  if (development && LOOPBACK.has(url.hostname)) return /^https?:$/.test(url.protocol)
  const host = url.hostname.replace(/\.$/, '')
  return url.protocol === 'https:' && isPublicName(host) && host !== new URL(publicUrl).hostname
}

/** `URL` has written every spelling of an IPv4 address as four numbers, and of an IPv6 address in brackets. */
const isPublicName = (host: string): boolean =>
  /\.[a-z][a-z0-9-]*$/.test(host) && !PRIVATE_NAME.test(host) && !MIRROR_NAME.test(host)
