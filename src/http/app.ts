import { Hono } from 'hono'
import { routeKeys } from './access.ts'
import { crossOrigin } from './cors.ts'
import { endpointOf } from './endpoint.ts'
import type { Env } from './env.ts'
import { envelope } from './envelope.ts'
import { fail } from './fail.ts'
import { answerOtherwise, fixedBesideIds, keepFixed } from './method.ts'
import { mount } from './mount.ts'

/** The whole API. Hono's bindings are the runtime, so that it runs in a Worker and in tests alike. */
export function createApp() {
  const app = new Hono<Env>()
  app.onError(fail)
  app.notFound(answerOtherwise)
  app.use(envelope)
  app.use(crossOrigin)
  for (const path of fixedBesideIds()) app.all(path, keepFixed)
  for (const [noun, key] of routeKeys) mount(app, key, () => endpointOf(noun, key))
  return app
}
