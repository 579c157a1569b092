import type { MiddlewareHandler } from 'hono'
import { Refusal } from '#kernel/error'
import type { Env } from './env.ts'

const LIMIT_BYTES = 64 * 1024
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })

/**
 * Reads what was sent, once, before anyone looks at it. Refuses `body_too_large`, `unsupported_media_type` for what is compressed
 * (RFC 9110), and `malformed_json` for what is not UTF-8 (RFC 8259): it would be read with holes in it.
 */
export const readableBody: MiddlewareHandler<Env> = async (c, next) => {
  const length = c.req.header('Content-Length')
  if (Number(length ?? 0) > LIMIT_BYTES) throw new Refusal('body_too_large')
  const coding = c.req.header('Content-Encoding') ?? 'identity'
  if (coding.toLowerCase() !== 'identity') throw new Refusal('unsupported_media_type')
  const bytes = length === undefined ? await collect(c.req.raw.body) : await c.req.raw.arrayBuffer()
  // Hono reads it from here, as text, JSON or a form: promises, whatever their type says.
  Object.assign(c.req.bodyCache, { text: Promise.resolve(decode(bytes)) })
  await next()
}

/** Of what comes in pieces nobody says how long it will be. */
async function collect(body: ReadableStream<Uint8Array> | null): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of body ?? []) {
    size += piece.byteLength
    if (size > LIMIT_BYTES) throw new Refusal('body_too_large')
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

function decode(bytes: ArrayBuffer | Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    throw new Refusal('malformed_json')
  }
}
