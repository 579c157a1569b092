import { domainsLeadingToPrivateAddresses } from './domains-leading-to-private-addresses.ts'
import { isPublicAddress } from './ip-address-kind.ts'
import { topLevelDomains } from './top-level-domain.ts'

/** At least two labels of DNS (RFC 1035). `URL` writes every spelling of an IPv4 address as four numbers, and puts IPv6 in brackets. */
const NAME = /^(?=.{1,253}$)(?:[a-z\d_-]{1,63}\.)+[a-z][a-z\d-]{0,62}$/

/** An IPv4 address inside a name, with points or dashes. Matches may overlap. */
const WRITTEN = /(?<![a-z\d])(?=(\d{1,3}(?:(?:\.\d{1,3}){3}|(?:-\d{1,3}){3}))(?![a-z\d]))/g

/** A host without the point of the root. */
export const hostWithoutRootDot = (hostname: string): string => hostname.replace(/\.$/, '')

/**
 * Whether a host of a URL is a name of the public Internet. IP addresses are not. Neither are names with a local ending, of a mirror domain, or with an IP address written in them.
 */
export function isPublicHostName(hostname: string): boolean {
  const host = hostWithoutRootDot(hostname)
  if (!NAME.test(host) || !topLevelDomains.has(host.slice(host.lastIndexOf('.') + 1))) return false
  const written = [...host.matchAll(WRITTEN)].map(([, text = '']) => text.replaceAll('-', '.'))
  return (
    written.every(isPublicAddress) &&
    !domainsOf(host).some((name) => domainsLeadingToPrivateAddresses.has(name))
  )
}

/** A name and all names above it. */
const domainsOf = (host: string): string[] =>
  host.split('.').map((_, at, labels) => labels.slice(at).join('.'))

/** Whether a host of a URL is this machine (RFC 6761, 6.3; RFC 1122, 3.2.1.3; RFC 4291, 2.5.3). */
export const isLoopback = (hostname: string): boolean =>
  /^(?:(?:.+\.)?localhost\.?|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname)

/** Whether an origin is that of a page of this machine, at any port. */
export function isLoopbackOrigin(origin: string): boolean {
  const url = URL.parse(origin)
  return url?.origin === origin && /^https?:$/.test(url.protocol) && isLoopback(url.hostname)
}
