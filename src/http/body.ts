import type { MiddlewareHandler } from 'hono'
import { Refusal } from '#kernel/error'
import type { Env } from './env.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })

/**
 * JSON is UTF-8 (RFC 8259) and comes as it is. What is written otherwise would be read with holes in it, so it is refused:
 * `malformed_json`, and `unsupported_media_type` for what is compressed (RFC 9110).
 */
export const readableBody: MiddlewareHandler<Env> = async (c, next) => {
  if (c.req.raw.body !== null) {
    const coding = c.req.header('Content-Encoding') ?? 'identity'
    if (coding.toLowerCase() !== 'identity') throw new Refusal('unsupported_media_type')
    if (!isUtf8(await c.req.arrayBuffer())) throw new Refusal('malformed_json')
  }
  await next()
}

function isUtf8(bytes: ArrayBuffer): boolean {
  try {
    utf8.decode(bytes)
    return true
  } catch {
    return false
  }
}
