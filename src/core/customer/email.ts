import { domainToASCII } from 'node:url'
import * as z from 'zod'

const MAX_BYTES = 254
const MAX_LOCAL_BYTES = 64
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Z}]/u
/** Dots may follow each other and end it: such inboxes exist, at Japanese carriers above all (a..b@docomo.ne.jp). */
const LOCAL =
  /^[\w!#$%&'*+/=?^`{|}~\-\u0080-\u{10ffff}][\w!#$%&'*+/=?^`{|}~\-.\u0080-\u{10ffff}]*$/u
const URL_SYNTAX = /[%/?#:\\[\]]/
const DOTS = /[.\u3002\uff0e\uff61]/
const NO_ASCII = /[^a-z0-9-]/g
/** The beginning of a label that stands for letters of other scripts. */
const ACE = 'xn--'
const DOMAIN =
  /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,63}|xn--[a-z0-9-]{0,58}[a-z0-9])$/

/**
 * The form in which two spellings of one address are equal, or null when the text is no address:
 * trimmed, NFC, the domain as IDNA writes it (UTS 46, RFC 5891), case folded. Dots and plus signs
 * stay: only the owner of a domain knows what they mean there. A key is its own key.
 */
export function emailKeyOrNull(written: string): string | null {
  const text = written.trim().normalize('NFC')
  if (text.length > MAX_BYTES || INVISIBLE.test(text)) return null
  const at = text.indexOf('@')
  const local = localKey(text.slice(0, Math.max(at, 0)))
  const domain = domainKey(text.slice(at + 1))
  if (local === null || domain === null) return null
  const key = `${local}@${domain}`
  return Buffer.byteLength(key) <= MAX_BYTES ? key : null
}

/** The key of an address that {@link Email} has accepted. */
export function emailKey(email: string): string {
  const key = emailKeyOrNull(email)
  if (key === null) throw new TypeError('not an e-mail address')
  return key
}

/** The part before the @, folded as in the key. */
export function emailLocalPart(email: string): string {
  const key = emailKey(email)
  return key.slice(0, key.indexOf('@'))
}

/**
 * The beginnings of the keys of the addresses that begin with this text; none when it is no such beginning. The last label of the
 * domain may go on, and then be written in another form (RFC 3492): `info@bü` begins `info@xn--bcher-kva.example`, whose label begins
 * with its ASCII letters, so other domains with these letters are found too.
 */
export function emailKeyPrefixes(beginning: string): string[] {
  const text = beginning.trim().normalize('NFC')
  if (text === '' || INVISIBLE.test(text)) return []
  const at = text.indexOf('@')
  if (at < 0) return [foldCase(text)]
  const [last = '', ...whole] = text
    .slice(at + 1)
    .split(DOTS)
    .reverse()
  if (URL_SYNTAX.test(text.slice(at + 1))) return []
  // The last label has to be one of letters: a number would be read as an IP address.
  const domain = domainToASCII([...whole.reverse(), 'x'].join('.'))
  if (domain === '') return []
  const before = `${foldCase(text.slice(0, at))}@${domain.slice(0, -1)}`
  return labelPrefixes(last).map((label) => before + label)
}

/** The beginnings of the labels, as they are stored, that begin with this text. */
function labelPrefixes(beginning: string): string[] {
  const label = beginning.normalize('NFKC').toLowerCase()
  const ascii = label.replace(NO_ASCII, '')
  if (label === '') return ['']
  return ascii === label ? [label, `${ACE}${label}`] : [`${ACE}${ascii}`]
}

/**
 * An e-mail address as a person writes it: RFC 5321 with the letters of every script (RFC 6531), a
 * public domain name, no display name, quotes, comments or IP address. It is stored as written, but trimmed. Only its owner can
 * read the mail that proves it, so two dots in a row are not taken for a slip.
 */
export const Email = z
  .string({ error: 'Must be text.' })
  .trim()
  .refine((written) => emailKeyOrNull(written) !== null, {
    error: ({ input }) => faultOf(String(input)),
    params: { code: 'invalid_email' },
  })
  .meta({
    pattern: '^[^\\s@]+@[^\\s@]+$',
    maxLength: MAX_BYTES,
    description:
      'An e-mail address. Dots in a row and a dot before the @ are accepted, because such inboxes exist: a..b@docomo.ne.jp',
    examples: ['jane@example.com'],
  })
export type Email = z.output<typeof Email>

/** Why a text is no e-mail address. */
function faultOf(written: string): string {
  const [local = ''] = written.split('@')
  if (Buffer.byteLength(local) > MAX_LOCAL_BYTES && written.includes('@')) {
    return `Must have at most ${MAX_LOCAL_BYTES} bytes before the @.`
  }
  return Buffer.byteLength(written) > MAX_BYTES
    ? `Must be an e-mail address of at most ${MAX_BYTES} bytes.`
    : 'Must be an e-mail address.'
}

/** The domain of an e-mail address in any spelling, also behind an @, read as it stands in the key. */
export const EmailDomain = z
  .string({ error: 'Must be text.' })
  .overwrite((written) => domainKey(written.trim().replace(/^@/, '').normalize('NFC')) ?? written)
  .refine((written) => domainKey(written) !== null, {
    error: 'Must be a domain such as example.com.',
    params: { code: 'invalid_domain' },
  })
  .meta({ maxLength: MAX_BYTES, examples: ['example.com'] })

function localKey(local: string): string | null {
  const key = foldCase(local)
  return LOCAL.test(key) && Buffer.byteLength(key) <= MAX_LOCAL_BYTES ? key : null
}

// The URL parser does the IDNA work. It would also read an escape, a port or a path, so these are excluded.
function domainKey(domain: string): string | null {
  if (URL_SYNTAX.test(domain)) return null
  const key = domainToASCII(domain)
  return DOMAIN.test(key) ? key : null
}

// Lower-casing alone writes a final sigma differently: Greek in capitals and in small letters would differ.
function foldCase(text: string): string {
  return text.toLowerCase().replaceAll('ς', 'σ').normalize('NFC')
}
