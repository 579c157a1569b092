import type { LookupAddress } from 'node:dns'
import { lookup as resolve } from 'node:dns/promises'
import { isLoopback } from '../../src/kernel/host.ts'
import { isLoopbackAddress, isPublicAddress } from '../../src/kernel/ip-address-kind.ts'

/** The addresses of a name, or the address that it is. Fails for a name that has none. */
export type Lookup = (host: string) => Promise<readonly LookupAddress[]>

const lookupAll: Lookup = (host) => resolve(host, { all: true })

/**
 * The addresses to which a request for a URL may go; null when one of them is not allowed. Who names this machine gets this machine
 * (RFC 6761, 6.3). Any other host must resolve to public addresses alone: of several, the caller would choose.
 */
export async function resolveAllowedTarget(
  { hostname }: URL,
  lookup: Lookup = lookupAll,
): Promise<readonly LookupAddress[] | null> {
  const host = hostname.replace(/^\[|\]$/g, '')
  const isOurs = isLoopback(hostname)
  const found = await lookup(isOurs && /localhost\.?$/.test(host) ? 'localhost' : host)
  const isAllowed = isOurs ? isLoopbackAddress : isPublicAddress
  return found.length > 0 && found.every(({ address }) => isAllowed(address)) ? found : null
}
