import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import { Refusal } from '#kernel/error'
import { readableBody } from './body.ts'
import { crossOrigin } from './cors.ts'
import { endpoints } from './endpoint.ts'
import type { Env } from './env.ts'
import { envelope } from './envelope.ts'
import { fail } from './fail.ts'
import { mount } from './mount.ts'

const BODY_LIMIT_BYTES = 64 * 1024

/** The whole API. Hono's bindings are the runtime, so nothing here knows where it runs. */
export function createApp() {
  const app = new Hono<Env>()
  app.onError(fail)
  app.notFound((c) => fail(new Refusal('not_found'), c))
  app.use(envelope)
  app.use(crossOrigin)
  app.use(
    bodyLimit({
      maxSize: BODY_LIMIT_BYTES,
      onError: () => {
        throw new HTTPException(413)
      },
    }),
  )
  app.use(readableBody)
  for (const endpoint of endpoints) mount(app, endpoint)
  return app
}
