import * as z from 'zod'

const CONTROL = /\p{Cc}/u
const CONTROL_BUT_LINES = /[^\P{Cc}\n\r\t]/u

/** The length of a text as a person counts it: in Unicode code points, not UTF-16 units. */
export function codePoints(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}

/** Whether a text has at most `max` code points, without counting a text that is plainly too long. */
export function isAtMost(text: string, max: number): boolean {
  return text.length <= max || (text.length <= 2 * max && codePoints(text) <= max)
}

/** Whether Postgres can store the text: no NUL, and no half of a surrogate pair (it has no UTF-8 form). */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}

type TextOptions = {
  /** Accept an empty text. */
  readonly blank?: boolean
  /** Accept line breaks and tabs. */
  readonly lines?: boolean
}

/**
 * The schema of every text that a person reads: trimmed, at most `max` code points (JSON Schema
 * counts `maxLength` so too), no control characters, nothing that Postgres cannot store.
 */
export function cleanText(max: number, { blank = false, lines = false }: TextOptions = {}) {
  const control = lines ? CONTROL_BUT_LINES : CONTROL
  return z
    .string({ error: 'Must be text.' })
    .trim()
    .refine((text) => blank || text.length > 0, {
      error: 'Must not be blank.',
      params: { code: 'too_small' },
      abort: true,
    })
    .refine((text) => isAtMost(text, max), {
      error: `Must be at most ${max} characters long.`,
      params: { code: 'too_big' },
      abort: true,
    })
    .refine((text) => isStorable(text) && !control.test(text), {
      error: 'Must not contain control characters or broken Unicode.',
      params: { code: 'invalid_text' },
    })
    .meta({ ...(blank ? {} : { minLength: 1 }), maxLength: max })
}

/** A clean text that may be cleared: `null` and a blank text both mean that there is none. */
export function optionalText(max: number, options: Pick<TextOptions, 'lines'> = {}) {
  return cleanText(max, { ...options, blank: true })
    .nullable()
    .transform((text) => text || null)
}
