import { expect, test } from 'vitest'
import { countryCodes } from '../../../src/core/address/country.ts'
import {
  formatPostalCode,
  isPlausiblePostalCode,
  postalKey,
} from '../../../src/core/address/postal-code.ts'
import { addressRuleOfCountry } from '../../../src/core/address/read-country-tables.ts'

/** The first is how the country writes it; the others are the same code. */
const spellings: Readonly<Record<string, readonly string[]>> = {
  AD: ['AD500', '500', 'AD-500', 'and 500'],
  AI: ['AI-2640', '2640', 'AI2640'],
  AT: ['1010', 'A-1010', 'AT-1010', 'A 1010', 'a1010', 'AUT-1010', 'A – 1010'],
  AX: ['22100', 'AX-22100', 'FI-22100', 'FIN-22100'],
  AZ: ['1000', 'AZ1000', 'AZ 1000', 'AZ-1000'],
  BB: ['BB15028', '15028', 'BB 15028'],
  BE: ['1000', 'B-1000', 'BE-1000', 'B1000'],
  BN: ['BA1111', 'BN-BA1111'],
  BR: ['01310-100', 'BR-01310-100', '01310100'],
  CA: ['K1A 0B1', 'CDN-K1A 0B1', 'CA K1A-0B1', 'Ｋ１Ａ０Ｂ１'],
  CH: ['8001', 'CH-8001', 'CH 8001', 'CHE8001'],
  CZ: ['110 00', 'CZ-110 00', 'CZ11000'],
  DE: [
    '10115',
    'D-10115',
    'DE-10115',
    'D 10115',
    'd10115',
    'DE 10115',
    'D−10115',
    'Ｄ－１０１１５',
  ],
  DK: ['1050', 'DK-1050', 'DK 1050'],
  EE: ['10111', 'EE-10111', 'EST-10111'],
  ES: ['28001', 'E-28001', 'ES-28001'],
  FI: ['00100', 'FI-00100', 'FIN-00100', 'SF-00100'],
  FO: ['100', 'FO-100', 'FO 100', 'DK-100'],
  FR: ['75001', 'F-75001', 'FR-75001', 'F75001', '75 001'],
  GB: ['SW1A 1AA', 'GB-SW1A 1AA', 'UK SW1A1AA', 'sw1a1aa'],
  GL: ['3900', 'GL-3900', 'DK-3900', 'KN 3900'],
  GR: ['104 31', 'GR-104 31', 'EL-10431'],
  HR: ['10000', 'HR-10000', 'HR10000'],
  HU: ['1051', 'H-1051', 'HU-1051'],
  IE: ['D02 X285', 'IRL-D02 X285', 'IE D02X285'],
  IT: ['00100', 'I-00100', 'IT-00100'],
  JE: ['JE2 3AB', 'GB-JE2 3AB', 'JE23AB'],
  JP: ['100-0001', '〒100-0001', 'J-100-0001', 'JP 1000001'],
  KR: ['04524', 'KR-04524', 'ROK 04524'],
  KY: ['KY1-1100', '1-1100', 'KY11100'],
  LI: ['9490', 'FL-9490', 'LI-9490', 'CH-9490'],
  LT: ['01100', 'LT-01100', 'LT 01100', 'LTU01100'],
  LU: ['1234', 'L-1234', 'LU-1234'],
  LV: ['LV-1050', '1050', 'LV1050', 'LV 1050', 'lva-1050'],
  MC: ['98000', 'MC-98000', 'F-98000'],
  MD: ['2001', 'MD-2001', 'MD2001'],
  MT: ['VLT 1117', 'M-VLT 1117', 'MT-VLT1117'],
  NL: ['1012 AB', 'NL-1012 AB', 'NL1012ab'],
  NO: ['0150', 'N-0150', 'NO-0150'],
  OM: ['133', 'PC 133', 'OM-133'],
  PL: ['00-950', 'PL-00-950', 'PL 00950'],
  PR: ['00901', 'PR-00901', 'PR 00901', 'US-00901'],
  PT: ['1250-096', 'P-1250-096', 'PT 1250096'],
  RO: ['010011', 'RO-010011'],
  RS: ['11000', 'RS-11000', 'SRB-11000'],
  RU: ['101000', 'RUS-101000', 'RU-101000'],
  SE: ['111 22', 'SE-111 22', 'S-111 22', 'SE11122'],
  SI: ['1000', 'SI-1000', 'SLO-1000'],
  SK: ['811 01', 'SK-811 01', 'SVK 81101'],
  SM: ['47890', 'RSM-47890', 'I-47890'],
  SV: ['CP 1101', '1101', 'CP1101', 'SV-1101'],
  SZ: ['H100', 'SZ-H100'],
  TR: ['34000', 'TR-34000'],
  UA: ['01001', 'UA-01001'],
  US: ['94102', 'US-94102', 'USA 94102'],
  VA: ['00120', 'V-00120', 'I-00120', 'VA-00120'],
  VC: ['VC0100', '0100', 'VC-0100'],
  VG: ['VG1110', '1110', 'VG-1110'],
  XK: ['10000', 'XK-10000', 'RKS 10000'],
}

const table = Object.entries(spellings).map(([country, [first = '', ...others]]) => ({
  country,
  first,
  others,
}))

test.each(table)(
  'in $country the letters of the country change nothing: $first',
  ({ country, first, others }) => {
    for (const written of [first, ...others]) {
      expect([written, isPlausiblePostalCode(country, written)]).toEqual([written, true])
      expect([written, postalKey(country, written)]).toEqual([written, postalKey(country, first)])
      expect([written, formatPostalCode(country, written)]).toEqual([written, first])
    }
  },
)

test.each([
  ['SA', ['12345', '12345-6789', '123456789', 'RRRD2929', 'SA-12345']],
  ['EG', ['11511', '4123456', 'EG-11511']],
  ['KZ', ['050000', 'A15E3H4', 'KZ-A15E3H4', 'a15 e3h4']],
  ['PY', ['1209', '001001', 'PY-001001']],
  ['GL', ['3900', '2412']],
  ['SV', ['1101', 'CP 1101']],
  ['KR', ['04524', '135-080', '135080']],
  ['BR', ['01310-100', '01310']],
  ['PT', ['1000-001', '1000']],
  ['TW', ['100', '10048', '100006']],
  ['LB', ['1107', '1107 2180']],
  ['IL', ['61000', '6100001']],
  ['AM', ['0010', '370010']],
  ['MM', ['11181', '1101001']],
  ['VN', ['700000', '70000']],
  ['GB', ['GIR 0AA', 'BFPO 57', 'QQ1 1QQ']],
  ['DE', ['01067']],
  ['LI', ['9499']],
  ['IE', ['D6W', 'Dublin 4']],
  ['HN', ['11101', 'CM1102']],
])('in %s older and newer forms are taken side by side', (country, codes) => {
  for (const code of codes)
    expect([code, isPlausiblePostalCode(country, code)]).toEqual([code, true])
})

test('a form that came after the table keeps nobody out where the post does not need the code', () => {
  const young = countryCodes.filter(
    (country) => !addressRuleOfCountry(country)?.required.includes('postalCode'),
  )
  expect(young.length).toBeGreaterThan(120)
  for (const country of young) {
    for (const code of ['12', '123', '1234567', 'AB1234', '12-34-56', `${country}-98765432`]) {
      expect([country, code, isPlausiblePostalCode(country, code)]).toEqual([country, code, true])
    }
  }
})

test.each([
  ['US', '9410'],
  ['US', '94102x'],
  ['US', 'SW1A 1AA'],
  ['US', 'D-94102'],
  ['CA', 'K1A'],
  ['GB', '94102'],
  ['DE', '1011'],
  ['DE', 'A-10115'],
  ['AT', 'D-1010'],
  ['AT', 'A'],
  ['CH', 'CH-'],
  ['FR', 'Paris'],
  ['LV', 'LT-1050'],
  ['NL', '1012'],
  ['EG', 'Cairo'],
  ['SA', '-'],
  ['KZ', '?'],
  ['HR', '1234567890123'],
])('what is surely wrong is refused: %s %j', (country, code) => {
  expect(isPlausiblePostalCode(country, code)).toBe(false)
})
