import * as z from 'zod'

const CONTROL = /\p{Cc}/u
const CONTROL_BUT_LINES = /[^\P{Cc}\n\r\t]/u

/** Format characters, and letters and symbols without ink: fillers, braille, Egyptian and Khitan blanks, the musical null. */
const UNSEEN =
  /^[\s\p{Z}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800\u{13441}\u{13442}\u{16fe4}\u{1d159}]*$/u

/** Joiners, direction marks and variation selectors do not belong here: at the end of a text they change what stands before them. */
const OUTER_BLANK = /[\s\u00ad\u180e\u200b\u2060\u2800\u3164\uffa0]/

/** The length of a text as a person counts it: in Unicode code points, not UTF-16 units. */
export function countCodePoints(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}

/** Whether a text has at most `max` code points, without counting a text that is plainly too long. */
export function hasAtMostCodePoints(text: string, max: number): boolean {
  return text.length <= max || (text.length <= 2 * max && countCodePoints(text) <= max)
}

/** Whether Postgres can store the text: no NUL, and no half of a surrogate pair (it has no UTF-8 form). */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}

/** Whether a reader sees nothing: the text has only blanks, format characters and fillers. */
export const isBlank = (text: string): boolean => UNSEEN.test(text)

/** The text without blanks and invisible characters around it; '' if it is blank. Inside, joiners and direction marks stay. */
function trimmed(text: string): string {
  if (isBlank(text)) return ''
  let start = 0
  let end = text.length
  // A pattern for the end would look at each run of blanks again and again.
  while (OUTER_BLANK.test(text.charAt(start))) start++
  while (OUTER_BLANK.test(text.charAt(end - 1))) end--
  return text.slice(start, end)
}

type TextOptions = {
  /** Accept an empty text. */
  readonly blank?: boolean
  /** Accept line breaks and tabs. */
  readonly lines?: boolean
}

/**
 * The schema of every text that a person reads: trimmed (a text that shows nothing is blank), at most `max` code points (JSON Schema
 * counts `maxLength` so too), no control characters, nothing that Postgres cannot store.
 */
export function cleanTextSchema(max: number, { blank = false, lines = false }: TextOptions = {}) {
  const control = lines ? CONTROL_BUT_LINES : CONTROL
  return z
    .string({ error: 'Must be text.' })
    .overwrite(trimmed)
    .refine((text) => blank || text.length > 0, {
      error: 'Must not be blank.',
      params: { code: 'too_small' },
      abort: true,
    })
    .refine((text) => hasAtMostCodePoints(text, max), {
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
export function optionalTextSchema(max: number, options: Pick<TextOptions, 'lines'> = {}) {
  return cleanTextSchema(max, { ...options, blank: true })
    .nullable()
    .transform((text) => text || null)
}
