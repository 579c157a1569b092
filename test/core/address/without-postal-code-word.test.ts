import { expect, test } from 'vitest'
import {
  formatPostalCode,
  isPlausiblePostalCode,
  postalKey,
} from '../../../src/core/address/postal-code.ts'

/** The first is how the country writes it; the others have a word or marks around the same code. */
const spellings: Readonly<Record<string, readonly string[]>> = {
  AR: ['C1425ABC', 'CPA C1425ABC', 'C.P. C1425ABC', 'CP: C1425ABC'],
  BR: ['01310-100', 'CEP 01310-100', 'CEP: 01.310-100', 'C.E.P.01310100'],
  CA: ['H2X 1Y4', 'Code postal : H2X 1Y4', 'C.P. H2X 1Y4', 'postal code h2x1y4'],
  CH: ['8001', 'PLZ 8001', 'NPA 8001', 'PLZ: CH-8001'],
  CN: ['100000', '邮编100000', '邮政编码：100000'],
  CZ: ['110 00', 'PSČ 110 00', 'psč: 11000'],
  DE: ['10115', 'PLZ 10115', 'Postleitzahl: 10115', '(10115)', '10115,', 'PLZ D-10115'],
  DK: ['1050', 'Postnr. 1050'],
  ES: ['28001', 'C.P. 28001', 'Código Postal 28001', 'C. P.: E-28001'],
  FR: ['75001', 'Code postal : 75001', 'CP 75001'],
  GB: ['SW1A 1AA', 'Postcode: SW1A 1AA'],
  GR: ['104 31', 'Τ.Κ. 104 31', 'ΤΚ: 10431', 'T.K. 10431'],
  HU: ['1051', 'Irsz.: 1051', 'Irányítószám: 1051'],
  IN: ['110001', 'PIN 110001', 'PIN-110 001', 'Pin code: 110001'],
  IT: ['00100', 'CAP 00100', 'C.A.P.: 00100'],
  JP: ['150-0002', '郵便番号：150-0002', '郵便番号 〒１５０－０００２'],
  KR: ['04524', '우) 04524', '우편번호: 04524'],
  MX: ['06000', 'C.P. 06000', 'C.P.06000', 'c.p.: 06000', 'CP 06000', 'Código Postal: 06000'],
  OM: ['133', 'P.C. 133'],
  RO: ['010011', 'Cod poștal: 010011'],
  RU: ['101000', 'Индекс: 101000', 'почтовый индекс 101000'],
  SA: ['12345', 'الرمز البريدي: 12345', 'الرمز البريدي ١٢٣٤٥'],
  SG: ['123456', 'S(123456)', 'S123456', 'Singapore 123456'],
  SV: ['CP 1101', 'C.P. 1101', '1101'],
  TR: ['34000', 'Posta kodu: 34000', 'PK 34000'],
  TW: ['10043', '郵遞區號：10043'],
  US: ['94103', 'ZIP 94103', 'Zip code: 94103'],
}

test.each(Object.entries(spellings))(
  '%s: the word "postal code" and punctuation around a code do not count',
  (country, [first = '', ...others]) => {
    for (const written of [first, ...others]) {
      expect.soft(isPlausiblePostalCode(country, written), written).toBe(true)
      expect.soft(formatPostalCode(country, written), written).toBe(first)
      expect.soft(postalKey(country, written), written).toBe(postalKey(country, first))
    }
  },
)

test('A word that is not known, or stands without a code, makes no postal code', () => {
  const wrong = [
    ['MX', 'C.P.'],
    ['MX', 'Apartado 06000'],
    ['DE', 'F-75001'],
    ['GB', 'Postcode'],
    ['CA', 'CP 12345'],
  ] as const
  for (const [country, written] of wrong) {
    expect.soft(isPlausiblePostalCode(country, written), written).toBe(false)
  }
})
