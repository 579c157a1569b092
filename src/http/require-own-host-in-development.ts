import type { MiddlewareHandler } from 'hono'
import { Refusal } from '#kernel/error'
import { isLoopback } from '#kernel/host'
import { isOriginAllowed } from './cors.ts'
import type { Env } from './env.ts'

/**
 * In development the service answers under the names of this machine alone. Otherwise any web page could point its own name here (DNS rebinding). The browser would treat both as one site, and the development secrets are known. In production
 * only the hosts of its routes lead to the service. Refuses `wrong_host`.
 */
export const requireOwnHostInDevelopment: MiddlewareHandler<Env> = (c, next) => {
  const { config } = c.env
  if (config.development) {
    if (!isLoopback(new URL(c.req.url).hostname)) throw new Refusal('wrong_host')
    // wrangler believes a page that says in a header (`MF-Original-URL`) what it has asked for. The browser says where a page is from.
    const origin = c.req.header('Origin')
    if (origin !== undefined && !isOriginAllowed(config, config.tenants.values(), origin)) {
      throw new Refusal('wrong_host', { detail: OTHER_PAGE })
    }
  }
  return next()
}
const OTHER_PAGE =
  'In development the service accepts requests only from pages of this machine and from the origins in `cors_origins`.'
