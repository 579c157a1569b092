import type { Scope } from '#core/context'
import { SHOPPER_SCOPE } from '#core/session'
import { type CallerKind, callerKinds } from '#kernel/error'
import type { LimitName } from '#kernel/limit'
import { nouns } from './nouns.ts'

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
  /** The limits that a caller's place meets there, the nearest first. Each has a 429 of its own, and every answer tells them. */
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
export const kindsOf = (rule: Access): CallerKind[] =>
  callerKinds.filter((kind) => rule[kind] !== undefined)

/** All that a token needs for a route: a service's scope, or a shopper's. */
export const scopeOf = ({ service, shopper }: Access): string | null =>
  service ?? (shopper ? SHOPPER_SCOPE : null)

export type NounName = keyof typeof nouns
export type RouteKey = { [N in NounName]: keyof (typeof nouns)[N] }[NounName]

export const access = Object.assign({}, ...Object.values(nouns)) as Readonly<
  Record<RouteKey, Access>
>

/** Every route with its noun. */
export const routeKeys = Object.entries(nouns).flatMap(([noun, rules]) =>
  Object.keys(rules).map((key) => [noun, key] as [NounName, RouteKey]),
)

/** The method of a route, and its path as Hono's routers write it: `/customer/:id`. */
export function patternOf(key: RouteKey): [method: string, pattern: string] {
  const [method = '', path = ''] = key.split(' ')
  return [method, path.replaceAll(/\{(\w+)\}/g, ':$1')]
}

/** Whether a path has no parameter. */
export const isFixed = (pattern: string): boolean => !pattern.includes(':')
