import { Hono } from 'hono'
import { isFixedPath, methodAndHonoPathOf, nounAndKeyOfEachRoute } from './access.ts'
import { answerError } from './answer-error.ts'
import { answerUnmatched } from './answer-unmatched.ts'
import { setCommonHeaders } from './common-headers.ts'
import { applyCorsRules } from './cors.ts'
import type { Env } from './env.ts'
import { loadRoute } from './load-routes.ts'
import { mountRoute } from './mount-route.ts'
import { refuseUnreadableUrl } from './refuse-unreadable-url.ts'
import { requireOwnHostInDevelopment } from './require-own-host-in-development.ts'
import { routedPath } from './well-known-url-and-routed-path.ts'

/** The whole API. Hono's bindings are the runtime, so that it runs in a Worker and in tests alike. */
export function createApp() {
  const app = new Hono<Env>({ getPath: routedPath })
  app.onError(answerError)
  app.notFound(answerUnmatched)
  app.use(setCommonHeaders)
  app.use(requireOwnHostInDevelopment)
  app.use(applyCorsRules)
  app.use(refuseUnreadableUrl)
  const routes = nounAndKeyOfEachRoute.map(([noun, key]) => ({
    noun,
    key,
    path: methodAndHonoPathOf(key)[1],
  }))
  const fixed = routes.filter(({ path }) => isFixedPath(path))
  const others = routes.filter(({ path }) => !isFixedPath(path))
  for (const { noun, key } of fixed) mountRoute(app, key, () => loadRoute(noun, key))
  // Before the paths of ids: `GET /customer/guest` asks for no customer.
  for (const path of new Set(fixed.map(({ path }) => path))) app.all(path, answerUnmatched)
  for (const { noun, key } of others) mountRoute(app, key, () => loadRoute(noun, key))
  return app
}
