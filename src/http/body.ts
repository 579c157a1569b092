import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { Refusal } from '#kernel/error'
import type { Env } from './env.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })

/** The largest body, in bytes. */
export const MAX_BODY_BYTES = 64 * 1024

/** Counts the bytes, because a chunked body has no Content-Length. Refuses `body_too_large`. */
const limited: MiddlewareHandler<Env> = bodyLimit({
  maxSize: MAX_BODY_BYTES,
  onError: () => {
    throw new Refusal('body_too_large')
  },
})

/** The media types of JSON (also those of RFC 6839), and of a form. */
export const mediaTypes = {
  json: /^application\/(?:[\w.-]+\+)?json *(?:;|$)/i,
  form: /^application\/x-www-form-urlencoded *(?:;|$)/i,
} as const

/** A form in another charset than UTF-8. For JSON the parameter means nothing (RFC 8259). */
const isForeignForm = (type: string): boolean => {
  const charset = /; *charset *= *"?([^";\s]*)/i.exec(type)?.[1]
  return (
    mediaTypes.form.test(type) && charset !== undefined && !/^(utf-?8|us-ascii)$/i.test(charset)
  )
}

/**
 * Refuses `unsupported_media_type` for a compressed body (RFC 9110) and for a form in another charset. A body that is not UTF-8, which
 * Hono would read with replacement characters, is `malformed_json` (RFC 8259), or `malformed_request` if it is a form.
 */
const decodable: MiddlewareHandler<Env> = async (c, next) => {
  const coding = c.req.header('Content-Encoding') ?? 'identity'
  const type = c.req.header('Content-Type') ?? ''
  if (coding.toLowerCase() !== 'identity') {
    throw new Refusal('unsupported_media_type', {
      detail: 'The body is compressed. Send it as it is, without `Content-Encoding`.',
    })
  }
  if (isForeignForm(type)) {
    throw new Refusal('unsupported_media_type', {
      detail: 'The form is in another charset. Send it in UTF-8.',
    })
  }
  const bytes = await c.req.arrayBuffer()
  try {
    utf8.decode(bytes)
  } catch {
    const code = mediaTypes.form.test(type) ? 'malformed_request' : 'malformed_json'
    throw new Refusal(code, { detail: 'The body is not in UTF-8. Send it in UTF-8.' })
  }
  await next()
}

/** Refuses a body of a type that the route does not take. */
export const throwMediaTypeRefusal = (target: keyof typeof mediaTypes): never => {
  const type = target === 'json' ? 'application/json' : 'application/x-www-form-urlencoded'
  const detail = `Set the header \`Content-Type: ${type}\`.`
  throw new Refusal('unsupported_media_type', { detail })
}

export const refusalOfMalformedJson = (text: string): Refusal =>
  new Refusal('malformed_json', { detail: `The body is ${faultOfJson(text)}.` })

/** The fault of a text that is no JSON. The engine's own sentence repeats the text, so only its position is used. */
function faultOfJson(text: string): string {
  if (text.trim() === '') return 'not valid JSON: it has only blanks'
  try {
    JSON.parse(text)
  } catch (error) {
    const said = error instanceof Error ? error.message : ''
    const position = / at position (\d+)/.exec(said)?.[1]
    if (said.startsWith('Unexpected end')) return 'not valid JSON: it ends too early'
    if (position !== undefined)
      return `not valid JSON: the mistake is near character ${Number(position) + 1}`
  }
  return 'not valid JSON'
}

export const readableBodyMiddleware = [limited, decodable] as const
