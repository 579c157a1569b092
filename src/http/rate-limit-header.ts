import type { Context as HonoContext } from 'hono'
import type { Context } from '#core/context'
import { failureCounterRules, MAX_QUEUED_HASHES_PER_PLACE } from '#core/identity'
import { unprovenCreationBoundRule } from '#core/limit'
import type { LimitName } from '#kernel/limit-name'
import { type Access, accessByRoute, type RouteKey } from './access.ts'
import type { Env } from './env.ts'
import { edgeLimit } from './generated/edge-limit.ts'

/** @property seconds without it, the limit counts simultaneous requests. */
type Policy = { readonly most: number; readonly seconds?: number }

const { tries, device, codes, secrets } = failureCounterRules

/** The number of requests per limit. Wider IPv6 networks may make more. */
const policies: Readonly<Record<LimitName, Policy>> = {
  place: edgeLimit,
  session: edgeLimit,
  client: edgeLimit,
  secrets: { most: secrets.free, seconds: secrets.seconds },
  tries: { most: tries.free, seconds: tries.seconds },
  device: { most: device.free, seconds: device.seconds },
  codes: { most: codes.free, seconds: codes.seconds },
  hashes: { most: MAX_QUEUED_HASHES_PER_PLACE },
  made: unprovenCreationBoundRule,
}

/** `RateLimit-Policy` of draft-ietf-httpapi-ratelimit-headers-11: the limits of a route. It says nothing about the request. */
export const rateLimitPolicyHeader = (limits: readonly LimitName[]): string =>
  limits.map((name) => `"${name}"${parametersOf(policies[name])}`).join(', ')

const parametersOf = ({ most, seconds }: Policy): string =>
  seconds === undefined ? `;q=${most};qu="concurrent-requests"` : `;q=${most};w=${seconds}`

/** `RateLimit`: what is left of one of them. @param seconds until there is more, if it is known. */
export const rateLimitHeader = (limit: LimitName, remaining: number, seconds?: number): string =>
  `"${limit}";r=${remaining}${seconds === undefined ? '' : `;t=${seconds}`}`

/**
 * The limits whose remaining number answers may tell: Postgres returns it with the count. The edge says only yes or no. The number of wrong secrets would reveal which clients exist.
 */
const counted: ReadonlySet<LimitName> = new Set(['tries', 'device', 'codes', 'made'])

/** Whether an answer may say what is left of a limit, before it is reached. */
export const tellsRemaining = (limit: LimitName): boolean => counted.has(limit)

/** Tells the limits of the route, and what is left of the one under which the request has counted. A refusal has told it already. */
export function setRateLimitHeaders(c: HonoContext<Env>): void {
  const key: RouteKey | undefined = c.get('route')
  const { limited }: Access = key === undefined ? {} : accessByRoute[key]
  if (limited === undefined) return
  const { headers, status } = c.res
  headers.set('RateLimit-Policy', rateLimitPolicyHeader(limited))
  const ctx: Context | undefined = c.get('ctx')
  const left = ctx?.outcome.left ?? null
  if (left === null || !limited.includes(left.limit) || headers.has('RateLimit')) return
  headers.set(
    'RateLimit',
    rateLimitHeader(left.limit, status < 400 ? left.whenDone : left.remaining),
  )
}
