import type { NotFoundHandler } from 'hono'
import { TrieRouter } from 'hono/router/trie-router'
import { Refusal } from '#kernel/error'
import { patternOf, routeKeys } from './access.ts'
import type { Env } from './env.ts'
import { fail } from './fail.ts'

/** The methods of all paths. It is made with the first request that no route answers. */
let methods: TrieRouter<string> | undefined

function allMethods(): TrieRouter<string> {
  const router = new TrieRouter<string>()
  for (const [, key] of routeKeys) {
    const [method, pattern] = patternOf(key)
    router.add('ALL', pattern, method)
  }
  return router
}

/** The methods that a path takes; none: there is no such path. An id of any spelling makes a path, whether or not it is anybody's. */
function methodsAt(path: string): readonly string[] {
  methods ??= allMethods()
  const [found] = methods.match('ALL', path)
  const named = new Set(found.map(([method]) => method))
  if (named.has('GET')) named.add('HEAD')
  return named.size === 0 ? [] : [...named, 'OPTIONS'].sort()
}

/**
 * Answers what no route does: OPTIONS with the methods of the path (RFC 9110, 9.3.7). Refuses `method_not_allowed` for another method
 * of a path that there is, and `not_found`.
 */
export const answerOtherwise: NotFoundHandler<Env> = (c) => {
  const allow = methodsAt(c.req.path)
  if (allow.length === 0) return fail(new Refusal('not_found'), c)
  if (c.req.method !== 'OPTIONS') return fail(new Refusal('method_not_allowed', { allow }), c)
  return new Response(null, { status: 204, headers: { Allow: allow.join(', ') } })
}
