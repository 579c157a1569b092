import * as z from 'zod'

/** Control characters, line ends, and the marks that turn the direction of all that follows. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u

/** A name that stands in the head of a mail. */
export const oneLine = (most: number) =>
  z
    .string()
    .max(most)
    .refine(
      (text) => /\S/.test(text) && !UNPRINTABLE.test(text),
      'must be one line without control characters, and not blank',
    )

/** Where a site begins. Paths and parameters are put behind it. */
export const siteUrl = z
  .string()
  .refine(
    isSite,
    'must be an http or https URL without credentials, query, fragment, blanks and control characters',
  )

function isSite(text: string): boolean {
  const url = /[\s\p{Cc}\\]/u.test(text) ? null : URL.parse(text)
  return (
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    /^https?:\/\//i.test(text) &&
    `${url.username}${url.password}${url.search}${url.hash}` === '' &&
    !/[?#@]/.test(text)
  )
}

/** What a browser sends as `Origin`: anything else never matches (RFC 6454, 6.2). `null` is what every sandboxed page sends. */
export const corsOrigin = z
  .string()
  .refine(
    (text) => text === '*' || (/^https?:\/\//.test(text) && URL.parse(text)?.origin === text),
    'must be `*`, or an origin as browsers send it: lower case, without path, slash and default port',
  )
