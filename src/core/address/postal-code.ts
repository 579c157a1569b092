import { foldDigits } from '#kernel/digit'
import { foldText } from '#kernel/fold-text'
import { addressRuleOfCountry } from './read-country-tables.ts'
import { findStateCode } from './state.ts'
import { withoutPostalCodeWord } from './without-postal-code-word.ts'

/** All but letters and digits, and the long vowel that Japanese keyboards write for a hyphen. */
const NOT_COUNTED = /[^\p{L}\p{M}\p{N}]|ー/gu
const BLANKS = /\s+/g

/**
 * A postal code in the form that is compared: narrow capitals and ASCII digits without spaces and punctuation, the word for "postal
 * code", the letters of its country, and a state of it where the list of states is closed. "k1a 0b1" → "K1A0B1", "L-1009" → "1009",
 * "C.P. 06000" → "06000", "٩٤١٠٣" → "94103", "NSW 2000" → "2000". A French "CEDEX 08" stays: it says which office delivers.
 */
export function postalKey(country: string, written: string): string {
  const key = foldText(written).toUpperCase().replace(NOT_COUNTED, '')
  const rule = addressRuleOfCountry(country)
  if (rule?.postalCode === undefined || rule.postalCode.test(key)) return key
  const bare = [key, ...withoutPostalCodeWord(key), ...besideState(country, key)].flatMap(
    (text) => [
      text,
      ...rule.postalPrefixes
        .filter((prefix) => text.startsWith(prefix))
        .map((prefix) => text.slice(prefix.length)),
    ],
  )
  return bare.find((rest) => rule.postalCode?.test(rest)) ?? key
}

/** Whole codes whose beginning is a whole code, too: countries, and the parts of the key. People know the short one. */
const EXTENDED: readonly (readonly [countries: string, parts: RegExp])[] = [
  ['AS FM GU MH MP PR PW SA US VI', /^(\d{5})\d{4}$/],
  ['IR', /^(\d{5})\d{5}$/],
  ['LB', /^(\d{4})\d{4}$/],
  ['PT', /^(\d{4})\d{3}$/],
  ['TW', /^(\d{3})\d{2,3}$/],
]

/** The short codes of a long one, in any country that reads it so: "10115-1234" → "10115". */
export const shortPostalKeys = (written: string): string[] =>
  EXTENDED.flatMap(([countries, parts]) =>
    countries.split(' ').flatMap((of) => parts.exec(postalKey(of, written))?.[1] ?? []),
  )

const AROUND = /^(\D*)(.*?)(\D*)$/u

/** What a key is without a state of its country before or after it; the last letter before the digits may be the code's own. */
function besideState(country: string, key: string): string[] {
  const [, before = '', , after = ''] = AROUND.exec(key) ?? []
  const cuts: [state: string, rest: string][] = [
    [before, key.slice(before.length)],
    [before.slice(0, -1), key.slice(before.length - 1)],
    [after, key.slice(0, key.length - after.length)],
  ]
  return cuts.flatMap(([state, rest]) => (state && findStateCode(country, state) ? [rest] : []))
}

/** What may be a postal code somewhere: few letters and digits, not letters alone. */
const PLAUSIBLE = /^(?=.*\d)[A-Z\d]{2,12}$/

/**
 * Whether a postal code is not surely wrong. Where a country's post needs one, it must have one of the country's forms, old or new:
 * these are settled, and a missing digit is worth a question. Elsewhere forms are younger and change, so any plausible code
 * is taken: a table that is older than a country's form must not keep its people out.
 */
export function isPlausiblePostalCode(country: string, written: string): boolean {
  const rule = addressRuleOfCountry(country)
  if (rule?.postalCode === undefined) return true
  const key = postalKey(country, written)
  return rule.postalCode.test(key) || (!rule.required.includes('postalCode') && PLAUSIBLE.test(key))
}

/**
 * A postal code as its country writes it: "h2x1y4" → "H2X 1Y4" in Canada, "1540023" → "154-0023" in Japan. Where no form is known,
 * only its digits become ASCII digits and its blanks single spaces. Written twice, it is the same.
 */
export function formatPostalCode(country: string, written: string): string {
  const pattern = addressRuleOfCountry(country)?.postalCode
  const key = postalKey(country, written)
  if (!pattern?.test(key)) return plain(written).replace(BLANKS, ' ').trim()
  const [, form, as] = FORMS.find(([of, form]) => of.includes(country) && form.test(key)) ?? []
  return form && as ? key.replace(form, as) : key
}

const plain = (written: string): string => foldDigits(written.normalize('NFKC'))

/**
 * Where postal codes have a space or a hyphen: countries, the parts of the key, how they are written. The other countries write the
 * key as it is. The source is libaddressinput's examples, and for Sweden the rules of its post.
 */
const FORMS: readonly (readonly [countries: string, parts: RegExp, written: string])[] = [
  ['AS FM GU MH MP PR PW SA US VI', /^(.{5})(.{4})$/, '$1-$2'],
  ['CA', /^(.{3})(.{3})$/, '$1 $2'],
  ['GB', /^(BFPO)(\d+)$/, '$1 $2'],
  ['FK GB GG GI GS IM IO JE PN SH TC', /^(.+)(.{3})$/, '$1 $2'],
  ['IE', /^(.{3})(.{4})$/, '$1 $2'],
  ['NL', /^(.{4})(.{2})$/, '$1 $2'],
  ['CZ GR SE SK', /^(.{3})(.{2})$/, '$1 $2'],
  ['LB', /^(.{4})(.{4})$/, '$1 $2'],
  ['BM', /^(.{2})(.{2})$/, '$1 $2'],
  ['MT PE SO', /^([A-Z]+)(\d+)$/, '$1 $2'],
  ['BR', /^(.{5})(.{3})$/, '$1-$2'],
  ['CR JP', /^(.{3})(.{4})$/, '$1-$2'],
  ['IR', /^(.{5})(.{5})$/, '$1-$2'],
  ['KY', /^(.)(.{4})$/, 'KY$1-$2'],
  ['KR', /^(.{3})(.{3})$/, '$1-$2'],
  ['PL', /^(.{2})(.{3})$/, '$1-$2'],
  ['PT', /^(.{4})(.{3})$/, '$1-$2'],
  ['LV', /^(.{4})$/, 'LV-$1'],
  ['AI', /^(.{4})$/, 'AI-$1'],
  ['AD', /^(.{3})$/, 'AD$1'],
  ['BB', /^(.{5})$/, 'BB$1'],
  ['SV', /^(.{4})$/, 'CP $1'],
  ['VC', /^(.{4})$/, 'VC$1'],
  ['VG', /^(.{4})$/, 'VG$1'],
]
