/** Names that stay within a network or lead nowhere (RFC 6761, 6762, 7686, 8375, 9476; ICANN reserves `.internal` for private use). */
const PRIVATE_NAME =
  /(?:^|\.)(?:localhost|local|localdomain|internal|intranet|private|corp|home|lan|arpa|invalid|onion|alt)$/

/** Names that resolve to the address that is written in them. */
const MIRROR_NAME =
  /(?:^|\.)(?:nip\.io|sslip\.io|xip\.io|traefik\.me|localtest\.me|lvh\.me|vcap\.me|localhost\.direct)$/

/** At least two labels of DNS (RFC 1035). `URL` writes every spelling of an IPv4 address as four numbers, and puts IPv6 in brackets. */
const NAME = /^(?=.{1,253}$)(?:[a-z\d_-]{1,63}\.)+[a-z][a-z\d-]{0,62}$/

/** Whether a host of a URL is a name of the public Internet. Addresses are none. */
export function isPublicName(hostname: string): boolean {
  const host = hostname.replace(/\.$/, '')
  return NAME.test(host) && !PRIVATE_NAME.test(host) && !MIRROR_NAME.test(host)
}

/** Whether a host of a URL is this machine (RFC 6761, 6.3; RFC 1122, 3.2.1.3; RFC 4291, 2.5.3). */
export const isLoopback = (hostname: string): boolean =>
  /^(?:(?:.+\.)?localhost\.?|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname)
