import { hostWithoutRootDot, isLoopback, isPublicHostName } from './host.ts'

/** The deployment that asks. */
export type OutboundSender = {
  readonly publicUrl: string
  /** Its other hosts, canonical; `*.example.com` stands for all names below that domain. */
  readonly hosts: readonly string[]
  /** On a developer's machine, messages may be sent to that machine. */
  readonly development: boolean
}

/**
 * The default port and 8443, which Cloudflare serves too. At other ports there are databases and consoles, and which of
 * them are open is nobody's business.
 */
const PORTS = new Set(['', '8443'])

/** The reason why a URL from a caller may not be requested. Null if it may. */
export function outboundUrlFault(url: URL, asker: OutboundSender): string | null {
  if (url.username !== '' || url.password !== '') return 'Must be without credentials.'
  if (asker.development && isLoopback(url.hostname)) {
    return /^https?:$/.test(url.protocol) ? null : 'Must be http or https.'
  }
  if (url.protocol !== 'https:') return 'Must be https.'
  if (!PORTS.has(url.port)) return 'Must be at port 443 or 8443.'
  if (!isPublicHostName(url.hostname)) return 'Must be at a public host name.'
  return isOwn(url, asker) ? 'Must not be this service.' : null
}

/** Whether a refused URL leads inside a network, or to this service itself. It may have other faults, too. */
export const isInternalUrl = (url: URL, asker: OutboundSender): boolean =>
  !isPublicHostName(url.hostname) || isOwn(url, asker)

function isOwn({ hostname }: URL, { publicUrl, hosts }: OutboundSender): boolean {
  const host = hostWithoutRootDot(hostname)
  return [hostWithoutRootDot(new URL(publicUrl).hostname), ...hosts].some((own) =>
    own.startsWith('*.') ? host.endsWith(own.slice(1)) : host === own,
  )
}
