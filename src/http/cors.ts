import type { Context as HonoContext, MiddlewareHandler } from 'hono'
import { cors } from 'hono/cors'
import type { Env } from './env.ts'

/**
 * Browsers may call only from the origins in a tenant's `cors_origins`. A preflight carries no token, so an origin of any tenant
 * passes it; the token still decides what the request may do. There are no cookies, so there are no credentials.
 */
const browserRules: MiddlewareHandler<Env> = cors({
  origin: (origin, c) => {
    for (const { cors_origins } of (c.env as Env['Bindings']).config.tenants.values()) {
      if (cors_origins.includes('*') || cors_origins.includes(origin)) return origin
    }
    return null
  },
  allowHeaders: [
    'Authorization',
    'Content-Type',
    'Idempotency-Key',
    'If-Match',
    'If-None-Match',
    'traceparent',
  ],
  exposeHeaders: [
    'Content-Location',
    'ETag',
    'Idempotent-Replayed',
    'Location',
    'Retry-After',
    'Server-Timing',
    'X-Request-Id',
  ],
  maxAge: 600,
})

/**
 * Only a browser sends an origin. Hono's middleware would set its headers for every caller, which costs 1.4 × the Worker's time of
 * `GET /healthz` and 1.2 × that of `GET /customer/{id}` (docs/architecture.md).
 */
export const crossOrigin: MiddlewareHandler<Env> = (c, next) =>
  c.req.header('Origin') === undefined || asksForMethods(c) ? next() : browserRules(c, next)

/** Hono's middleware takes every OPTIONS for a preflight. Without the method that is to follow it asks which methods there are. */
const asksForMethods = ({ req }: HonoContext<Env>): boolean =>
  req.method === 'OPTIONS' && req.header('Access-Control-Request-Method') === undefined
