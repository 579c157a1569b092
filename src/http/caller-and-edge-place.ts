import type { Context as HonoContext } from 'hono'
import type { Actor, Caller } from '#core/context'
import { Refusal } from '#kernel/error'
import { isLoopbackAddress } from '#kernel/ip-address-kind'
import { isPublicPlace, toCanonicalIpAddress } from '#kernel/ip-place'
import type { Env } from './env.ts'

const LONGEST_USER_AGENT = 200

/**
 * The origin of a request. A service, or a request with a service's token beside it, names its shopper's address. The address of its server never counts as the shopper's. Refuses `malformed_request` for a name that is no address.
 */
export function readCaller(
  c: HonoContext<Env>,
  clientId: string,
  { type }: Actor,
  vouchedBy: string | null,
): Caller {
  const isNamed = type === 'service' || vouchedBy !== null
  const named = isNamed ? namedAddress(c) : null
  return {
    clientId,
    vouchedBy,
    // These are getters: most requests do not need them, and each header costs a call into the runtime.
    get address() {
      return isNamed ? named : edgeAddress(c)
    },
    get place() {
      return isNamed ? named : edgePlace(c)
    },
    get userAgent() {
      return userAgent(c)
    },
  }
}

/** The address that a service names. An address of a private or shared network counts as none. */
function namedAddress(c: HonoContext<Env>): string | null {
  const text = c.req.header('X-Caller-Address')
  if (text === undefined) return null
  const address = toCanonicalIpAddress(text.trim())
  if (address === null) throw notOneAddress()
  return isPublicPlace(address) ? address : null
}

const notOneAddress = () =>
  new Refusal('malformed_request', {
    detail: '`X-Caller-Address` must be one IP address.',
    sign: 'caller_address',
  })

/** The caller's address. Cloudflare overwrites this header at its edge; other headers are the caller's own claim. */
const edgeAddress = (c: HonoContext<Env>): string | null => c.req.header('CF-Connecting-IP') ?? null

/** The address by which a request without a service is counted. In development the machine's own address is not counted, so that tests by hand meet no limit. */
export function edgePlace(c: HonoContext<Env>): string | null {
  const text = edgeAddress(c)
  if (text === null) return null
  const address = toCanonicalIpAddress(text) ?? text
  return c.env.config.development && isLoopbackAddress(address) ? null : address
}

function userAgent(c: HonoContext<Env>): string | null {
  const text = c.req
    .header('User-Agent')
    ?.replace(/[^\x20-\x7e]/g, '')
    .slice(0, LONGEST_USER_AGENT)
  return text || null
}
