import * as z from 'zod'

/** RFC 5646 4.4.1: the longest language tag that must be supported. */
const MAX_LENGTH = 35

/** A language tag (BCP 47), stored in its canonical form: `EN-us` → `en-US`. */
export const Locale = z
  .string({ error: 'Must be text.' })
  .trim()
  .refine((tag) => findCanonical(tag) !== null, {
    error: 'Must be a language tag such as en-US.',
    params: { code: 'invalid_locale' },
    abort: true,
  })
  .overwrite((tag) => findCanonical(tag) ?? tag)
  .meta({ maxLength: MAX_LENGTH, description: 'BCP 47', examples: ['en-US'] })
export type Locale = z.output<typeof Locale>

function findCanonical(tag: string): string | null {
  if (tag.length > MAX_LENGTH) return null
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null
  } catch {
    return null
  }
}
