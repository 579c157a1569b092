import type { NotFoundHandler } from 'hono'
import { TrieRouter } from 'hono/router/trie-router'
import { Refusal } from '#kernel/error'
import { isFixed, patternOf, routeKeys } from './access.ts'
import type { Env } from './env.ts'
import { fail } from './fail.ts'
import { nearPath } from './near-path.ts'

const routes = routeKeys.map(([, key]) => patternOf(key))

/** The routes of all paths. It is made with the first request that no route answers. */
let router: TrieRouter<(typeof routes)[number]> | undefined

function allRoutes(): NonNullable<typeof router> {
  const all: NonNullable<typeof router> = new TrieRouter()
  for (const route of routes) all.add('ALL', route[1], route)
  return all
}

/**
 * The methods that a path takes; none: there is no such path. An id of any spelling makes a path, whether or not it is anybody's; but
 * a fixed path, such as `/customer/guest`, is no id.
 */
function methodsAt(path: string): readonly string[] {
  router ??= allRoutes()
  const found = router.match('ALL', path)[0].map(([route]) => route)
  const fixed = found.filter(([, pattern]) => isFixed(pattern))
  const named = new Set((fixed.length > 0 ? fixed : found).map(([method]) => method))
  if (named.has('GET')) named.add('HEAD')
  return named.size === 0 ? [] : [...named, 'OPTIONS'].sort()
}

function noSuchPath(path: string): Refusal {
  const near = nearPath(path)
  const detail = `This path does not exist; did you mean \`${near}\`?`
  return new Refusal('not_found', near === undefined ? {} : { detail })
}

/**
 * Answers what no route does: OPTIONS with the methods of the path (RFC 9110, 9.3.7). Refuses `method_not_allowed` for another method
 * of a path that there is, and `not_found`.
 */
export const answerOtherwise: NotFoundHandler<Env> = (c) => {
  const allow = methodsAt(c.req.path)
  if (allow.length === 0) return fail(noSuchPath(c.req.path), c)
  if (c.req.method !== 'OPTIONS') return fail(new Refusal('method_not_allowed', { allow }), c)
  return new Response(null, { status: 204, headers: { Allow: allow.join(', ') } })
}
