import type { Scope } from '#core/context'
import { SHOPPER_SCOPE } from '#core/session'
import { type CallerKind, callerKinds } from '#kernel/error'
import type { LimitName } from '#kernel/limit-name'
import { routeTable } from './route-table.ts'

/** The callers that may use a route. Other callers are refused with 403. */
export type Access = {
  /** Services need this scope; null: any service of the tenant. */
  readonly service?: Scope | null
  /** Public clients, with `customer:register`. */
  readonly storefront?: true
  /** Shoppers, for themselves. */
  readonly shopper?: true
  /** Any caller, without a token. */
  readonly open?: true
  /** The limits of this route, the tightest first. Each answers 429 by itself. Every answer names them in its headers. */
  readonly limited?: readonly LimitName[]
  /** Honours Idempotency-Key. */
  readonly keyed?: true
  /** Takes a reason of staff in X-Reason, for the event. */
  readonly reasoned?: true
  /** Takes a form, and its refusals have the members of RFC 6749 too. */
  readonly oauth?: true
  /** Answers people in a browser, also when it refuses. */
  readonly page?: true
  /** Honours If-Match and If-None-Match, by the version of the resource; untagged: it has none, so that no tag ever matches. */
  readonly conditional?: true | 'untagged'
}

/** The kinds of callers that a route is for. */
export const callerKindsOf = (rule: Access): CallerKind[] =>
  callerKinds.filter((kind) => rule[kind] !== undefined)

/** The scope that a token needs for a route. Null: none. */
export const neededScope = ({ service, shopper }: Access): string | null =>
  service ?? (shopper ? SHOPPER_SCOPE : null)

export type NounName = keyof typeof routeTable
export type RouteKey = { [N in NounName]: keyof (typeof routeTable)[N] }[NounName]

export const accessByRoute = Object.assign({}, ...Object.values(routeTable)) as Readonly<
  Record<RouteKey, Access>
>

/** Every route with its noun. */
export const nounAndKeyOfEachRoute = Object.entries(routeTable).flatMap(([noun, rules]) =>
  Object.keys(rules).map((key) => [noun, key] as [NounName, RouteKey]),
)

/** The method of a route, and its path as Hono's routers write it: `/customer/:id`. */
export function methodAndHonoPathOf(key: RouteKey): [method: string, pattern: string] {
  const [method = '', path = ''] = key.split(' ')
  return [method, path.replaceAll(/\{(\w+)\}/g, ':$1')]
}

/** Whether a path has no parameter. */
export const isFixedPath = (pattern: string): boolean => !pattern.includes(':')
