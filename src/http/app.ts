import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import { Refusal } from '#kernel/error'
import { accountRoutes } from './account.ts'
import { addressRoutes } from './address.ts'
import { authRoutes } from './auth.ts'
import { readableBody } from './body.ts'
import { crossOrigin } from './cors.ts'
import { customerRoutes } from './customer.ts'
import { customerListRoutes } from './customer-list.ts'
import { deadLetterRoutes } from './dead-letter.ts'
import { deliveryRoutes } from './delivery.ts'
import { envelope } from './envelope.ts'
import { eventRoutes } from './event.ts'
import { fail } from './fail.ts'
import { groupRoutes } from './group.ts'
import { guestRoutes } from './guest.ts'
import { healthRoutes } from './health.ts'
import { membershipRoutes } from './membership.ts'
import { mergeRoutes } from './merge.ts'
import { oauthRoutes } from './oauth.ts'
import { publishDocument } from './openapi.ts'
import { orderRoutes } from './order.ts'
import { routes } from './route.ts'
import { sessionRoutes } from './session.ts'
import { webhookRoutes } from './webhook.ts'
import { wellKnownRoutes } from './well-known.ts'

const BODY_LIMIT_BYTES = 64 * 1024

/** The whole API. Hono's bindings are the runtime, so nothing here knows where it runs. */
export function createApp() {
  const app = routes()
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
  app.route('/', healthRoutes)
  app.route('/', oauthRoutes)
  app.route('/', wellKnownRoutes)
  app.route('/', customerListRoutes)
  app.route('/', authRoutes)
  app.route('/', accountRoutes)
  app.route('/', guestRoutes)
  app.route('/', customerRoutes)
  app.route('/', sessionRoutes)
  app.route('/', addressRoutes)
  app.route('/', eventRoutes)
  app.route('/', webhookRoutes)
  app.route('/', deliveryRoutes)
  app.route('/', deadLetterRoutes)
  app.route('/', groupRoutes)
  app.route('/', membershipRoutes)
  app.route('/', orderRoutes)
  app.route('/', mergeRoutes)
  publishDocument(app)
  return app
}
