import type { NotFoundHandler } from 'hono'
import { TrieRouter } from 'hono/router/trie-router'
import { Refusal, refusals } from '#kernel/error'
import { didYouMean } from '#kernel/input-sentence'
import { isFixedPath, methodAndHonoPathOf, nounAndKeyOfEachRoute } from './access.ts'
import { answerError } from './answer-error.ts'
import type { Env } from './env.ts'
import { nearPath } from './near-path.ts'
import { nearRoute } from './near-route.ts'

const routes = nounAndKeyOfEachRoute.map(([, key]) => methodAndHonoPathOf(key))

/** The routes of all paths. It is made with the first request that no route answers. */
let router: TrieRouter<(typeof routes)[number]> | undefined

function allRoutes(): NonNullable<typeof router> {
  const all: NonNullable<typeof router> = new TrieRouter()
  for (const route of routes) all.add('ALL', route[1], route)
  return all
}

/**
 * The routes of a path; none: there is no such path. An id of any spelling makes a path, whether or not it is anybody's; but a fixed
 * path, such as `/customer/guest`, is no id.
 */
function routesAt(path: string): readonly (typeof routes)[number][] {
  router ??= allRoutes()
  const found = router.match('ALL', path)[0].map(([route]) => route)
  const fixed = found.filter(([, pattern]) => isFixedPath(pattern))
  return fixed.length > 0 ? fixed : found
}

function methodsOf(found: ReturnType<typeof routesAt>): readonly string[] {
  const named = new Set(found.map(([method]) => method))
  if (named.has('GET')) named.add('HEAD')
  return named.size === 0 ? [] : [...named, 'OPTIONS'].sort()
}

function noSuchPath(path: string): Refusal {
  const near = nearPath(path)
  const detail = `This path does not exist; did you mean \`${near}\`?`
  return new Refusal('not_found', near === undefined ? {} : { detail })
}

function noSuchMethod(
  method: string,
  [route]: ReturnType<typeof routesAt>,
  allow: readonly string[],
): Refusal {
  const path = route?.[1].replaceAll(/:(\w+)/g, '{$1}') ?? ''
  const near = nearRoute(method, path)
  const detail = `${refusals.method_not_allowed}${didYouMean(near)}`
  return new Refusal('method_not_allowed', { allow, detail })
}

/**
 * Answers what no route does: OPTIONS with the methods of the path (RFC 9110, 9.3.7). Refuses `method_not_allowed` for another method
 * of a path that there is, and `not_found`.
 */
export const answerUnmatched: NotFoundHandler<Env> = (c) => {
  const found = routesAt(c.req.path)
  const allow = methodsOf(found)
  if (allow.length === 0) return answerError(noSuchPath(c.req.path), c)
  if (c.req.method !== 'OPTIONS') return answerError(noSuchMethod(c.req.method, found, allow), c)
  return new Response(null, { status: 204, headers: { Allow: allow.join(', ') } })
}
