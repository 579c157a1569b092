import * as z from 'zod'
import { currencies } from '#kernel/currency'
import { lengthAtMost } from '#kernel/length'
import { isMetadataKey } from '#kernel/metadata-key'

/** Control characters, line ends, and the marks that turn the direction of all that follows. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u

/** A name that stands in the head of a mail. */
export const oneLine = (most: number) =>
  z
    .string()
    .check(lengthAtMost(most))
    .refine(
      (text) => /\S/.test(text) && !UNPRINTABLE.test(text),
      'must be one line without control characters, and not blank',
    )

/** A URL as it must be written. The URL parser also accepts other spellings, and drops or changes some characters. */
const SITE = /^https?:\/\/[^\s\p{Cc}\\?#@]+$/iu

/** The URL of a site. Paths and parameters are appended to it. */
export const siteUrl = z
  .string()
  .refine((text) => /^https?:\/\//i.test(text), { error: 'must begin with https://', abort: true })
  .refine(
    (text) => SITE.test(text) && URL.canParse(text),
    'must be a URL without credentials, query, fragment, blanks and control characters',
  )

/** A path of a site, as the URL parser writes it. */
export const sitePath = z
  .string()
  .refine(
    (text) => /^\/(?!\/)[^?#\\]*$/.test(text) && URL.parse(text, 'https://x')?.pathname === text,
    'must be a path that begins with one slash, as browsers write it, without query and fragment',
  )

/** A host as the URL parser writes it, or all that are below one. */
export const hostNameOrWildcard = z
  .string()
  .refine(
    (text) =>
      /^(?:\*\.)?[a-z\d][a-z\d.-]*[a-z\d]$/.test(text) && isWritten(text.replace(/^\*\./, '')),
    'must be a host name in lower case, or `*.` and a host name for all below it',
  )

/** A name of DNS: an address is none, nor is a top-level domain, which belongs to nobody. */
export const hostName = z
  .string()
  .refine(
    (text) =>
      (text === 'localhost' || /^(?=.{1,253}$)(?:[a-z\d][a-z\d-]*\.)+[a-z][a-z\d-]*$/.test(text)) &&
      isWritten(text),
    'must be a host name of two labels or more in lower case, or localhost',
  )

const isWritten = (host: string): boolean => URL.parse(`https://${host}`)?.hostname === host

/** What a browser sends as `Origin`: anything else never matches (RFC 6454, 6.2). `null` is what every sandboxed page sends. */
export const corsOrigin = z
  .string()
  .refine(
    (text) => text === '*' || (/^https?:\/\//.test(text) && URL.parse(text)?.origin === text),
    'must be `*`, or an origin as browsers send it: lower case, without path, slash and default port',
  )

const CURRENCY = 'an ISO 4217 code, such as "EUR"'

/** In any case; kept in capitals. */
export const currencyCode = z
  .string({
    error: ({ input }) => (input === undefined ? `is missing: it must be ${CURRENCY}` : undefined),
  })
  .overwrite((code) => code.trim().toUpperCase())
  .refine((code) => currencies.has(code), `must be ${CURRENCY}`)

export const metadataKey = z
  .string()
  .refine(isMetadataKey, 'must be a metadata key: 1 to 40 characters, not only blanks')

/** A host that a header can name: letters, digits and dashes, or an address in brackets. */
const HOST = /^(?:[a-z\d.-]+|\[[\da-f:.]+\])$/

/** Whether the URL parser writes a URL as it stands here, so that all who read it read the same. */
function isPlain(text: string): boolean {
  const url = URL.parse(text)
  if (url === null || !HOST.test(url.hostname) || url.username + url.password !== '') return false
  return url.href === text || url.href === `${text}/`
}

/** What the answer adds (RFC 6749, 4.1.2; RFC 9207): a URL that has it already would have it twice. */
const answered = ['code', 'state', 'iss', 'error', 'error_description']

const hasNoAnswer = (text: string): boolean =>
  answered.every((name) => !URL.parse(text)?.searchParams.has(name))

/** Where a login leads to (RFC 6749, 3.1.2). It is compared letter by letter. */
export const redirectUri = z
  .string()
  .refine((text) => !/^\/(?!\/)/.test(text), {
    error: 'must be the whole URL, with https:// and the host: not only a path',
    abort: true,
  })
  .refine((text) => !text.includes('#'), {
    error: 'must have no fragment: leave out # and what follows it',
    abort: true,
  })
  .refine(
    (text) => /^https?:\/\//.test(text) && isPlain(text),
    'must be an absolute http or https URL as browsers write it, without credentials and fragment',
  )
  .refine(hasNoAnswer, `must have none of the parameters ${answered.join(', ')}`)

/** A picture that a page shows. */
export const imageUrl = z
  .string()
  .refine(
    (text) => text.startsWith('https://') && isPlain(text),
    'must be an https URL as browsers write it, without credentials',
  )

export const brandColor = z
  .string()
  .regex(/^#[\da-f]{6}$/i, 'must be a colour like `#0a7c66`: six digits')
