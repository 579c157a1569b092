import type { AddressKeys } from '#db/schema'
import { fold } from '#kernel/fold'
import { beginsAtEach, cut, lettersOf, withoutApostrophes, wordsOf } from '#kernel/word'
import { countries } from './country.ts'
import { postalKey, writePostalCode } from './postal-code.ts'

/** Controls are refused in every text, so a line never breaks within a key. */
const BETWEEN = '\n'

/** The kind of the keys of each field. */
const kinds = {
  city: 'city',
  postalCode: 'postalCode',
  line1: 'street',
  line2: 'street',
  company: 'company',
} as const
type Field = keyof typeof kinds
/** In code points. Folding can make eighteen of one letter, and an index takes no key over 2,700 bytes. */
const CITY_LENGTH = 100
const WORD_LENGTH = 30
/** The most keys of one text. Its 200 characters have no more words, and this many Chinese, Japanese or Korean letters are a long address. */
const MOST_KEYS = 100

type Texts = { readonly [field in keyof AddressKeys]?: string | null | undefined }

/** The fields whose keys do not depend on the country. */
const textFields = ['city', 'line1', 'line2', 'company'] as const

/** The keys by which an address is found. */
export function keysOf(address: Texts & { readonly country: string }): AddressKeys {
  const keys = { ...textKeys(address), postalCode: postalKeys(address.country, address.postalCode) }
  return Object.fromEntries(Object.entries(keys).filter(([, text]) => text !== ''))
}

/** The keys of those fields that do not depend on the country, as far as they are given; '' for one without any. */
export function textKeys(texts: Texts): AddressKeys {
  const given = textFields.filter((field) => texts[field] !== undefined)
  return Object.fromEntries(
    given.map((field) => {
      const text = texts[field] ?? ''
      return [field, field === 'city' ? cityKeys(text) : wordKeys(field, text)]
    }),
  )
}

/** A city is found by its beginning: "L’Aquila" by "laq" and "l aq", 東京都渋谷区 by 渋谷, too. */
const cityKeys = (city: string): string =>
  together(
    'city',
    [cityKey(city), cityKey(withoutApostrophes(city))].flatMap(startsOf),
    CITY_LENGTH,
  )

/** The words of a line of the street, or of a company; house numbers are words. "Rue de l’Église" has eglise and leglise. */
const wordKeys = (field: Field, text: string): string =>
  together(
    field,
    [...wordsOf(text), ...wordsOf(withoutApostrophes(text))].flatMap(startsOf),
    WORD_LENGTH,
  )

/** A postal code as it is compared, and as it is written: "LV-1010" is found by 1010 and by lv1010. */
export const postalKeys = (country: string, written: string | null | undefined): string =>
  together('postalCode', [
    postalKey(country, written ?? '').toLowerCase(),
    plainPostalKey(writePostalCode(country, written ?? '')),
  ])

/** What a city's keys begin with if it is the asked one; '' for a text without anything to find. */
export const cityKey = (city: string): string => cut(wordsOf(city).join(' '), CITY_LENGTH).trim()

/** The asked words, each of which must begin a word. */
export const askedWords = (text: string): string[] => [
  ...new Set(wordsOf(text).map((word) => cut(word, WORD_LENGTH))),
]

/**
 * What a postal code's keys may begin with. A whole code is also read as each country reads it: "D-10115" is 10115. A beginning is not, for
 * no country knows it.
 */
export const askedPostalKeys = (code: string): string[] => [
  ...new Set(
    [plainPostalKey(code), ...countries.map((of) => postalKey(of, code).toLowerCase())].filter(
      Boolean,
    ),
  ),
]

const NOT_COUNTED = /[^\p{L}\p{M}\p{N}]|ー/gu

/** A postal code without spaces and hyphens, as far as it is known; '' for a text without letters and digits. */
export const plainPostalKey = (code: string): string => fold(code).replace(NOT_COUNTED, '')

/** A text, and its endings from each place where a Chinese, Japanese or Korean word may begin, or a number behind one. */
function startsOf(text: string): string[] {
  const letters = lettersOf(text)
  if (!letters.some(beginsAtEach)) return [text]
  const at = letters.flatMap((letter, i) =>
    i === 0 || beginsAtEach(letter) || beginsAtEach(letters[i - 1] ?? '') ? i : [],
  )
  return at.slice(0, MOST_KEYS).map((i) => letters.slice(i).join('').trim())
}

/** Texts as lines with their kind, without those that begin another. */
function together(field: Field, texts: readonly string[], length = CITY_LENGTH): string {
  const all = [...new Set(texts.map((text) => cut(text, length)))].filter(Boolean)
  const sorted = all.toSorted()
  const begun = new Set(sorted.filter((text, i) => sorted[i + 1]?.startsWith(text)))
  return all
    .filter((text) => !begun.has(text))
    .slice(0, MOST_KEYS)
    .map((text) => `${kinds[field]} ${text}`)
    .join(BETWEEN)
}
