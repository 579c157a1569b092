import { Hono } from 'hono'
import { isFixed, patternOf, routeKeys } from './access.ts'
import { crossOrigin } from './cors.ts'
import { endpointOf } from './endpoint.ts'
import type { Env } from './env.ts'
import { envelope } from './envelope.ts'
import { fail } from './fail.ts'
import { ownHost } from './host.ts'
import { answerOtherwise } from './method.ts'
import { mount } from './mount.ts'
import { readableUrl } from './readable-url.ts'
import { routedPath } from './well-known-path.ts'

/** The whole API. Hono's bindings are the runtime, so that it runs in a Worker and in tests alike. */
export function createApp() {
  const app = new Hono<Env>({ getPath: routedPath })
  app.onError(fail)
  app.notFound(answerOtherwise)
  app.use(envelope)
  app.use(ownHost)
  app.use(crossOrigin)
  app.use(readableUrl)
  const routes = routeKeys.map(([noun, key]) => ({ noun, key, path: patternOf(key)[1] }))
  const fixed = routes.filter(({ path }) => isFixed(path))
  const others = routes.filter(({ path }) => !isFixed(path))
  for (const { noun, key } of fixed) mount(app, key, () => endpointOf(noun, key))
  // Before the paths of ids: `GET /customer/guest` asks for no customer.
  for (const path of new Set(fixed.map(({ path }) => path))) app.all(path, answerOtherwise)
  for (const { noun, key } of others) mount(app, key, () => endpointOf(noun, key))
  return app
}
