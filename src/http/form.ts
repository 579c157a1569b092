import type { MiddlewareHandler } from 'hono'
import * as z from 'zod'
import { Refusal } from '#kernel/error'
import type { Known, OnInput } from './refuse-input.ts'

const utf8 = new TextDecoder()

/**
 * Reads a form by RFC 6749, 3.2: a parameter without a value counts as left out. Refuses `invalid_request` for a parameter that is
 * there twice.
 */
export const makeFormMiddleware =
  (known: Known, onInput: OnInput): MiddlewareHandler =>
  async (c, next) => {
    // Workers warn of `text()` on a type that is not `text/*`.
    const form = new URLSearchParams(utf8.decode(await c.req.arrayBuffer()))
    if (new Set(form.keys()).size < form.size) {
      throw new Refusal('invalid_request', { detail: 'A parameter is repeated. Send it once.' })
    }
    const data = Object.fromEntries([...form].filter(([, value]) => value !== ''))
    const read = z.safeParse(known.input, data)
    const answer = onInput(
      read.success ? read : { ...read, data, target: 'form', isEmpty: form.size === 0 },
      c,
      known,
    )
    if (answer !== undefined) return answer
    c.req.addValidatedData('form', Object(read.data))
    return next()
  }

/** One value of `application/x-www-form-urlencoded`; null for a text that no encoder writes. */
export function decodeFormValue(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return null
  }
}
