import * as z from 'zod'
import { atMost } from '#kernel/length'
import { isMetadataKey } from '#kernel/metadata-key'

/** Control characters, line ends, and the marks that turn the direction of all that follows. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u

/** A name that stands in the head of a mail. */
export const oneLine = (most: number) =>
  z
    .string()
    .check(atMost(most))
    .refine(
      (text) => /\S/.test(text) && !UNPRINTABLE.test(text),
      'must be one line without control characters, and not blank',
    )

/** The parser would take other spellings too, and drop or turn some characters. */
const SITE = /^https?:\/\/[^\s\p{Cc}\\?#@]+$/iu

/** Where a site begins. Paths and parameters are put behind it. */
export const siteUrl = z
  .string()
  .refine(
    (text) => SITE.test(text) && URL.canParse(text),
    'must be an http or https URL without credentials, query, fragment, blanks and control characters',
  )

/** A host as the URL parser writes it, or all that are below one. */
export const hostPattern = z
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

export const metadataKey = z
  .string()
  .refine(isMetadataKey, 'must be a metadata key: 1 to 40 characters, not only blanks')
