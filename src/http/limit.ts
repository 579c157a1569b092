import type { Context as HonoContext } from 'hono'
import type { Context } from '#core/context'
import { countRules, HASHES_OF_PLACE } from '#core/identity'
import { madeRule } from '#core/limit'
import type { LimitName } from '#kernel/limit'
import { type Access, access, type RouteKey } from './access.ts'
import type { Env } from './env.ts'
import { edgeLimit } from './generated/edge-limit.ts'

/** @property seconds without them, it is a number at once. */
type Policy = { readonly most: number; readonly seconds?: number }

const { tries, device, codes, secrets } = countRules

/** The numbers by which the limits limit. A wider network of IPv6 may do more. */
const policies: Readonly<Record<LimitName, Policy>> = {
  place: edgeLimit,
  session: edgeLimit,
  client: edgeLimit,
  secrets: { most: secrets.free, seconds: secrets.seconds },
  tries: { most: tries.free, seconds: tries.seconds },
  device: { most: device.free, seconds: device.seconds },
  codes: { most: codes.free, seconds: codes.seconds },
  hashes: { most: HASHES_OF_PLACE },
  made: madeRule,
}

/** `RateLimit-Policy` of draft-ietf-httpapi-ratelimit-headers-11: the limits of a route. It says nothing about the request. */
export const policyHeader = (limits: readonly LimitName[]): string =>
  limits.map((name) => `"${name}"${parametersOf(policies[name])}`).join(', ')

const parametersOf = ({ most, seconds }: Policy): string =>
  seconds === undefined ? `;q=${most};qu="concurrent-requests"` : `;q=${most};w=${seconds}`

/** `RateLimit`: what is left of one of them. @param seconds until there is more, if it is known. */
export const limitHeader = (limit: LimitName, remaining: number, seconds?: number): string =>
  `"${limit}";r=${remaining}${seconds === undefined ? '' : `;t=${seconds}`}`

/**
 * The limits whose rest is known when the request has counted: Postgres says it in the same trip. The edge says only yes or no, and the rest of
 * wrong secrets would tell which clients there are.
 */
const counted: ReadonlySet<LimitName> = new Set(['tries', 'device', 'codes', 'made'])

/** Whether an answer may say what is left of a limit, before it is reached. */
export const tellsRest = (limit: LimitName): boolean => counted.has(limit)

/** Tells the limits of the route, and what is left of the one under which the request has counted. A refusal has told it already. */
export function setLimitHeaders(c: HonoContext<Env>): void {
  const key: RouteKey | undefined = c.get('route')
  const { limited }: Access = key === undefined ? {} : access[key]
  if (limited === undefined) return
  const { headers, status } = c.res
  headers.set('RateLimit-Policy', policyHeader(limited))
  const ctx: Context | undefined = c.get('ctx')
  const left = ctx?.outcome.left ?? null
  if (left === null || !limited.includes(left.limit) || headers.has('RateLimit')) return
  headers.set('RateLimit', limitHeader(left.limit, status < 400 ? left.whenDone : left.remaining))
}
