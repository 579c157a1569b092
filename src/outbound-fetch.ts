import { PrivateAddressRefused } from '#kernel/error'
import { isLoopback } from '#kernel/host'
import type { Config } from './config.ts'

/** The URL that is asked for, and what came of it. `dev/egress/` knows the same names. */
const TO = 'X-Egress-To'
const OUTCOME = 'X-Egress-Outcome'

/**
 * Sends requests to URLs from callers. The URL has been checked before. The resolved IP address is checked when the connection is made. That is Cloudflare in production, and bare workerd refuses private addresses too. The runtime of a developer's machine refuses none, so
 * there it is the service behind `EGRESS_ENDPOINT`. Without it, nothing but this machine is asked.
 */
export function makeOutboundFetch({
  development,
  egressEndpoint,
}: Pick<Config, 'development' | 'egressEndpoint'>): typeof fetch {
  if (!development) return (input, init) => fetch(input, init)
  return async (input, init) => {
    const asked = new Request(input, init)
    if (egressEndpoint !== undefined) return throughEgress(egressEndpoint, asked)
    if (!isLoopback(new URL(asked.url).hostname)) throw new TypeError('no EGRESS_ENDPOINT')
    return fetch(asked)
  }
}

async function throughEgress(endpoint: string, asked: Request): Promise<Response> {
  const passed = new Request(endpoint, asked)
  passed.headers.set(TO, asked.url)
  const response = await fetch(passed)
  const outcome = response.headers.get(OUTCOME)
  if (outcome === 'answered') return response
  await response.body?.cancel()
  if (outcome === 'refused') throw new PrivateAddressRefused()
  throw new TypeError('fetch failed')
}
