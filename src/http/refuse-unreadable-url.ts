import type { MiddlewareHandler } from 'hono'
import { Refusal } from '#kernel/error'
import type { Env } from './env.ts'

const STRAY_PERCENT = /%(?![\da-f]{2})/gi

/**
 * Refuses `malformed_request` for a URL with percent-encoded bytes that are not UTF-8. Hono would leave them encoded, and a search would
 * look for that text. A percent sign that encodes nothing stands for itself (WHATWG URL).
 */
export const refuseUnreadableUrl: MiddlewareHandler<Env> = (c, next) => {
  if (c.req.url.includes('%')) decode(c.req.url)
  return next()
}

function decode(url: string): void {
  try {
    decodeURIComponent(url.replace(STRAY_PERCENT, '%25'))
  } catch {
    throw new Refusal('malformed_request', {
      detail: 'The URL has percent-encoded bytes that are not UTF-8. Encode it in UTF-8.',
    })
  }
}
