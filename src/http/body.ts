import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { Refusal } from '#kernel/error'
import type { Env } from './env.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })

/** Counts the bytes, because a chunked body has no Content-Length. Refuses `body_too_large`. */
const limited: MiddlewareHandler<Env> = bodyLimit({
  maxSize: 64 * 1024,
  onError: () => {
    throw new Refusal('body_too_large')
  },
})

/**
 * Refuses `unsupported_media_type` for a compressed body (RFC 9110), and `malformed_json` for a body that is not UTF-8
 * (RFC 8259), which Hono would read with replacement characters.
 */
const decodable: MiddlewareHandler<Env> = async (c, next) => {
  const coding = c.req.header('Content-Encoding') ?? 'identity'
  if (coding.toLowerCase() !== 'identity') throw new Refusal('unsupported_media_type')
  const bytes = await c.req.arrayBuffer()
  try {
    utf8.decode(bytes)
  } catch {
    throw new Refusal('malformed_json')
  }
  await next()
}

export const readableBody = [limited, decodable] as const
