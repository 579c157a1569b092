import type { AddressKeys } from '#db/schema'
import { foldText } from '#kernel/fold-text'
import { companyAbbreviations, streetAbbreviations } from './abbreviation.ts'
import { formatPostalCode, postalKey } from './postal-code.ts'
import { searchableRests } from './searched-and-searchable-texts.ts'

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
/** In code points. An index takes no key over 2,700 bytes, and more letters tell nothing apart. */
export const MAX_CITY_KEY_LENGTH = 40
export const MAX_WORD_KEY_LENGTH = 24
/** The most keys of one text. Its 200 characters have no more words, and this many Chinese, Japanese or Korean letters are a long address. */
const MOST_KEYS = 100

type Texts = { readonly [field in keyof AddressKeys]?: string | null | undefined }

/** The fields whose keys do not depend on the country. */
const textFields = ['city', 'line1', 'line2', 'company'] as const

/** The keys by which an address is found. */
export function addressFindKeys(address: Texts & { readonly country: string }): AddressKeys {
  const keys = {
    ...countryIndependentFindKeys(address),
    postalCode: postalFindKeys(address.country, address.postalCode),
  }
  return Object.fromEntries(Object.entries(keys).filter(([, text]) => text !== ''))
}

/** The keys of those fields that do not depend on the country, as far as they are given; '' for one without any. */
export function countryIndependentFindKeys(texts: Texts): AddressKeys {
  const given = textFields.filter((field) => texts[field] !== undefined)
  return Object.fromEntries(
    given.map((field) => {
      const text = texts[field] ?? ''
      return [field, field === 'city' ? cityKeys(text) : wordKeys(field, text)]
    }),
  )
}

/** A city is found by its beginning: "L’Aquila" by "laq" and "l aq", "St. Gallen" by "sankt gal", 東京都渋谷区 by 渋谷, too. */
const cityKeys = (city: string): string =>
  together(
    'city',
    searchableRests(city, {
      abbreviations: streetAbbreviations,
      length: MAX_CITY_KEY_LENGTH,
      most: MOST_KEYS,
      byWord: false,
    }),
  )

/** A line of the street, or a company, is found by each of its words; house numbers are words. "E.ON" is found by "eon" and by "on". */
const wordKeys = (field: keyof typeof words, text: string): string =>
  together(
    field,
    searchableRests(text, {
      abbreviations: words[field],
      length: MAX_WORD_KEY_LENGTH,
      most: MOST_KEYS,
      byWord: true,
    }),
  )

const words = {
  line1: streetAbbreviations,
  line2: streetAbbreviations,
  company: companyAbbreviations,
} as const

/** The find keys of a postal code, in compared and in written form: "LV-1010" is found by 1010 and by lv1010. */
export const postalFindKeys = (country: string, written: string | null | undefined): string =>
  together('postalCode', [
    postalKey(country, written ?? '').toLowerCase(),
    plainPostalKey(formatPostalCode(country, written ?? '')),
  ])

const NOT_COUNTED = /[^\p{L}\p{M}\p{N}]|ー/gu

/** A postal code without spaces and hyphens, as far as it is known; '' for a text without letters and digits. */
export const plainPostalKey = (code: string): string => foldText(code).replace(NOT_COUNTED, '')

/** Joins the texts to lines, each with its kind. Leaves out texts that are prefixes of another text. */
function together(field: Field, texts: readonly string[]): string {
  const sorted = [...new Set(texts)].filter(Boolean).toSorted()
  const begun = new Set(sorted.filter((text, i) => sorted[i + 1]?.startsWith(text)))
  return [...new Set(texts)]
    .filter((text) => text !== '' && !begun.has(text))
    .slice(0, MOST_KEYS)
    .map((text) => `${kinds[field]} ${text}`)
    .join(BETWEEN)
}
