import * as z from 'zod'

/** RFC 5646 4.4.1: the longest language tag that must be supported. */
const MAX_LENGTH = 35

const languageTag = ({ blank }: { readonly blank: boolean }) =>
  z
    .string({ error: 'Must be text.' })
    .overwrite(toTag)
    .refine((tag) => (blank && tag === '') || findCanonical(tag) !== null, {
      error: 'Must be a language tag such as en-US.',
      params: { code: 'invalid_locale' },
      abort: true,
    })
    .overwrite((tag) => findCanonical(tag) ?? tag)
    .meta({
      maxLength: MAX_LENGTH,
      description: 'BCP 47. Case does not matter; `en_US` and `en_US.UTF-8` are read as `en-US`',
      examples: ['en-US'],
    })

/** A language tag (BCP 47), stored in its canonical form: `EN-us` → `en-US`. The locales of operating systems are read: `en_US.UTF-8`. */
export const Locale = languageTag({ blank: false })
export type Locale = z.output<typeof Locale>

/** The same, where empty text is null. */
export const OptionalLocale = languageTag({ blank: true })
  .nullable()
  .transform((locale) => locale || null)

/** Language, place, encoding and variety of a POSIX locale. */
const POSIX = /^([a-z]{2,8}(?:-[a-z\d]+)*)(?:\.[\w-]+)?(?:@([\w=;-]+))?$/i

/** The varieties that are a script in BCP 47. The others say how money or a calendar is written, which is no language. */
const SCRIPTS: Readonly<Record<string, string>> = {
  latin: 'Latn',
  cyrillic: 'Cyrl',
  devanagari: 'Deva',
}

function toTag(written: string): string {
  const tag = written
    .normalize('NFKC')
    .trim()
    .replace(/[_\p{Pd}\u2212]/gu, '-')
  const [, plain, variety = ''] = POSIX.exec(tag) ?? []
  if (plain === undefined) return tag
  const script = SCRIPTS[variety.toLowerCase()]
  return script === undefined ? plain : plain.replace(/^[a-z]+/i, `$&-${script}`)
}

function findCanonical(tag: string): string | null {
  if (tag.length > MAX_LENGTH) return null
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null
  } catch {
    return null
  }
}
