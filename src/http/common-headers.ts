import type { MiddlewareHandler } from 'hono'
import { newId } from '#kernel/id'
import { finishContext } from './context.ts'
import type { Env } from './env.ts'
import { setRateLimitHeaders } from './rate-limit-header.ts'

const traceparentPattern = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/

const POLICY = "default-src 'none'; frame-ancestors 'none'"

/**
 * The headers of every answer. They are set on the finished answer, because `c.header` would copy it for each of them: 1.3 × the
 * Worker's time of `GET /healthz`, 1.2 × that of `GET /customer/{id}` (docs/architecture.md).
 */
export const setCommonHeaders: MiddlewareHandler<Env> = async (c, next) => {
  const at = c.env.now()
  c.env.attempts.settle(at)
  const requestId = newId('request', at)
  c.set('requestId', requestId)
  await next()
  finishContext(c)
  setRateLimitHeaders(c)
  const { headers } = c.res
  headers.set('X-Request-Id', requestId)
  headers.set('Cache-Control', 'no-store')
  headers.set('X-Content-Type-Options', 'nosniff')
  // A page has one of its own.
  if (!headers.has('Content-Security-Policy')) headers.set('Content-Security-Policy', POLICY)
  if (c.env.config.publicUrl.startsWith('https:')) {
    headers.set('Strict-Transport-Security', 'max-age=31536000')
  }
  const traceparent = c.req.header('traceparent')
  if (traceparent !== undefined && traceparentPattern.test(traceparent)) {
    headers.set('traceparent', traceparent)
  }
}
