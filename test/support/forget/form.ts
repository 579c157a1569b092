import { createHash } from 'node:crypto'
import { domainToASCII } from 'node:url'
import { emailKey } from '#core/customer'

/** What a person is known by. */
export type Known = {
  readonly emails: readonly string[]
  readonly names: readonly string[]
  /** In E.164. */
  readonly phones: readonly string[]
  readonly streets: readonly string[]
  /** Other texts. */
  readonly texts: Readonly<
    Record<'reason' | 'label' | 'value' | 'browser' | 'externalId' | 'key' | 'note', string>
  >
  readonly addresses: readonly string[]
}

/** Forms in which it may stand somewhere. `folded` is compared with a text in lower case, `exact` as it is. */
export type Forms = { readonly folded: readonly string[]; readonly exact: readonly string[] }

const fold = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()

/** A JSON text without letters beyond ASCII. */
const escaped = (text: string): string =>
  [...text]
    .map((letter) =>
      letter > '\u007f'
        ? [...Array(letter.length).keys()]
            .map((i) => `\\u${letter.charCodeAt(i).toString(16).padStart(4, '0')}`)
            .join('')
        : letter,
    )
    .join('')

const quotedPrintable = (text: string): string =>
  [...Buffer.from(text)]
    .map((byte) =>
      byte > 126
        ? `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
        : String.fromCharCode(byte),
    )
    .join('')

/** The middle of the base64 of a text that stands somewhere in a longer one: three alignments, both alphabets. */
function base64(text: string): string[] {
  const bytes = Buffer.from(text)
  const all = [0, 1, 2].flatMap((shift) => {
    const padded = Buffer.concat([Buffer.alloc(shift), bytes])
    const from = Math.ceil((shift * 8) / 6)
    const to = Math.floor((padded.length * 8) / 6)
    return [padded.toString('base64'), padded.toString('base64url')].map((made) =>
      made.slice(from, to),
    )
  })
  return all.filter((made) => made.length >= 6)
}

const hashes = (text: string): string[] =>
  ['sha256', 'sha1', 'md5'].flatMap((name) =>
    (['hex', 'base64', 'base64url'] as const).map((how) =>
      createHash(name).update(text).digest(how).replace(/=+$/, ''),
    ),
  )

/** As searches compare it: "ue" is the same letter as "ü". */
const likeSearch = (text: string): string => fold(text).replaceAll(/([aou])e/g, '$1')
const together = (text: string): string => text.replaceAll(/[^\p{L}\p{N}]/gu, '')

const textForms = (text: string): string[] => [
  ...[text, text.normalize('NFC'), text.normalize('NFD')].map((one) => one.toLowerCase()),
  fold(text),
  likeSearch(text),
  together(fold(text)),
  together(likeSearch(text)),
  ...[text, fold(text)].flatMap((one) => [
    escaped(one).toLowerCase(),
    escaped(escaped(one)).replaceAll('\\', '\\\\').toLowerCase(),
    encodeURIComponent(one).toLowerCase(),
    encodeURIComponent(one).replaceAll('%20', '+').toLowerCase(),
    quotedPrintable(one).toLowerCase(),
    Buffer.from(one).toString('hex'),
  ]),
]

const wordsOf = (text: string): string[] =>
  [fold(text), likeSearch(text)].flatMap((one) => one.split(/[^\p{L}\p{N}]+/u)).filter(isTelling)

function emailForms(email: string): string[] {
  const key = emailKey(email)
  const [local = '', domain = ''] = key.split('@')
  return [
    ...textForms(email),
    ...textForms(key),
    ...textForms(local),
    `${local}@${domainToASCII(domain)}`,
  ]
}

/** An international number, without its sign, in national form, and backwards, as far as it is no number of anybody else. */
function phoneForms(phone: string): string[] {
  const digits = phone.replaceAll(/\D/g, '')
  const parts = [digits, digits.slice(2), `0${digits.slice(2)}`, digits.slice(-7)]
  return [...parts, ...parts.map((part) => [...part].reverse().join(''))]
}

/** Shorter ones are parts of other words and of ids. */
const isTelling = (form: string) =>
  form.length >= 5 || (form.length >= 3 && /^[^\0-\x7f]+$/.test(form))

const unique = (list: readonly string[]) => [...new Set(list)].filter(isTelling)

/** Every form in which a person may be found. */
export function formsOf({ emails, names, phones, streets, addresses, ...known }: Known): Forms {
  const texts = Object.values(known.texts)
  const written = [...emails, ...names, ...streets, ...texts, ...addresses, ...phones]
  return {
    folded: unique([
      ...emails.flatMap(emailForms),
      ...[...names, ...streets, ...texts, ...addresses].flatMap(textForms),
      ...names.flatMap(wordsOf),
      ...phones.flatMap(phoneForms),
    ]),
    exact: unique([
      ...written.flatMap(base64),
      ...emails
        .flatMap((email) => [email, email.toLowerCase(), email.trim(), emailKey(email)])
        .flatMap(hashes),
      ...phones.flatMap(hashes),
    ]),
  }
}

/** The forms that stand in a text. */
export const formsIn = (text: string, { folded, exact }: Forms): string[] => {
  const lower = text.toLowerCase()
  return [
    ...folded.filter((form) => lower.includes(form)),
    ...exact.filter((form) => text.includes(form)),
  ]
}
