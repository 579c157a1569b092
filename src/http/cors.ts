import type { Context as HonoContext, MiddlewareHandler } from 'hono'
import { cors } from 'hono/cors'
import { isLoopbackOrigin } from '#kernel/host'
import { accessByRoute, methodAndHonoPathOf, nounAndKeyOfEachRoute } from './access.ts'
import type { Env } from './env.ts'

type Store = { readonly cors_origins: readonly string[] }
type Deployment = { readonly development: boolean }

/**
 * Whether a tenant allows calls from an origin. In development every tenant allows all localhost ports, because a dev server picks its own.
 */
export const isOriginAllowed = (
  { development }: Deployment,
  stores: Iterable<Store>,
  origin: string,
): boolean =>
  (development && isLoopbackOrigin(origin)) ||
  [...stores].some((store) => store.cors_origins.some((one) => one === '*' || one === origin))

/**
 * Browsers may call only from the origins in a tenant's `cors_origins`. A preflight carries no token, so an origin of any tenant passes
 * it. The answer is readable for the origins of the token's tenant. An answer without a tenant, such as a refused token, holds no tenant's data, so all origins may read it. There are no cookies, so there are no credentials.
 */
const browserRules: MiddlewareHandler<Env> = cors({
  origin: (origin, c: HonoContext<Env>) => {
    const { config } = c.env
    const own = config.tenants.get(c.get('tenant'))
    const stores = own === undefined ? config.tenants.values() : [own]
    return isOriginAllowed(config, stores, origin) ? origin : null
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
    'RateLimit',
    'RateLimit-Policy',
    'Retry-After',
    'X-Request-Id',
  ],
  maxAge: 600,
})

/**
 * Only a browser sends an origin. Hono's middleware would set its headers for every caller, which costs 1.4 × the Worker's time of
 * `GET /healthz` and 1.2 × that of `GET /customer/{id}` (docs/architecture.md).
 */
export const applyCorsRules: MiddlewareHandler<Env> = async (c, next) => {
  if (c.req.header('Origin') === undefined || asksForMethods(c) || isPage(c)) return next()
  if (c.req.method === 'OPTIONS') return browserRules(c, next)
  // It decides on the answer, when the tenant is known.
  await next()
  await browserRules(c, async () => undefined)
}

/** Pages are for people: no script of another site reads them (RFC 9700, 2.6). */
const isPage = ({ req }: HonoContext<Env>): boolean => pages.some((page) => page.test(req.path))
const pages = nounAndKeyOfEachRoute
  .filter(([, key]) => 'page' in accessByRoute[key])
  .map(([, key]) => new RegExp(`^${methodAndHonoPathOf(key)[1].replace(/:\w+/g, '[^/]+')}$`))

/** Hono's middleware takes every OPTIONS for a preflight. An OPTIONS without `Access-Control-Request-Method` is no preflight: it asks for the allowed methods. */
const asksForMethods = ({ req }: HonoContext<Env>): boolean =>
  req.method === 'OPTIONS' && req.header('Access-Control-Request-Method') === undefined
