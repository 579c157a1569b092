import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { comparedText, samenessOf } from '../../../src/core/address/sameness.ts'

const home = {
  firstName: 'José',
  lastName: "O'Brien",
  company: null,
  line1: '123 Main St.',
  line2: 'Apt #5',
  city: 'San Francisco',
  state: 'CA',
  postalCode: '94102',
  country: 'US',
  phone: '+14155551234',
}

describe('the same address', () => {
  test.each([
    ['in other case', { ...home, line1: '123 MAIN ST.', city: 'san francisco' }],
    ['with other spaces', { ...home, line1: ' 123  Main\u00a0St. ', city: 'San\tFrancisco' }],
    ['with other punctuation', { ...home, line1: '123, Main St', line2: 'Apt. 5' }],
    ['in wide letters', { ...home, line1: '１２３ Main St' }],
    ['in Arabic digits', { ...home, line1: '١٢٣ Main St', line2: 'Apt ۵', postalCode: '٩٤١٠٢' }],
    ['in decomposed letters', { ...home, firstName: 'Jose\u0301' }],
    ['with the state by name', { ...home, state: 'California' }],
    ['with the long ZIP code', { ...home, postalCode: '94102-1234' }],
    ['with a blank for nothing', { ...home, company: '' }],
    ['with nothing at all for nothing', { ...home, company: undefined }],
    ['under another label', { ...home, label: 'Work' }],
  ])('%s is the same', (_, address) => {
    expect(samenessOf(address)).toBe(samenessOf(home))
  })

  test.each([
    ['first name', { ...home, firstName: 'Juan' }],
    ['last name', { ...home, lastName: 'Brien' }],
    ['company', { ...home, company: 'ACME' }],
    ['street', { ...home, line1: '124 Main St.' }],
    ['flat', { ...home, line2: 'Apt 6' }],
    ['city', { ...home, city: 'San Mateo' }],
    ['state', { ...home, state: 'NV' }],
    ['postal code', { ...home, postalCode: '94103' }],
    ['country', { ...home, country: 'CA' }],
    ['phone', { ...home, phone: '+14155551235' }],
    ['phone missing', { ...home, phone: null }],
  ])('with another %s is another', (_, address) => {
    expect(samenessOf(address)).not.toBe(samenessOf(home))
  })

  test('has one postal code, however Britons and Canadians space it', () => {
    const inGB = (postalCode: string) => samenessOf({ ...home, country: 'GB', postalCode })
    expect(inGB('SW1A 1AA')).toBe(inGB('sw1a1aa'))
    expect(inGB('SW1A 1AA')).not.toBe(inGB('SW1A 1AB'))
  })

  test('does not run one field into the next, nor one number into another', () => {
    expect(samenessOf({ country: 'US', line1: 'a', line2: 'b' })).not.toBe(
      samenessOf({ country: 'US', line1: 'a b' }),
    )
    expect(samenessOf({ country: 'US', line1: '1/23' })).not.toBe(
      samenessOf({ country: 'US', line1: '12/3' }),
    )
  })

  test('keeps its fingerprint from one release to the next, for rows hold it', () => {
    expect(samenessOf(home)).toBe(
      'myAuy8bUS2UOXEeFgTfBnI81HsTtA3dmtMtssz_k47DEQpj8T0OjKWzowK3dQyu8GmvU2dedxqNJ36r1',
    )
    expect(samenessOf({ country: 'US' })).toBe(
      'myAuy8bU47DEQpj847DEQpj847DEQpj847DEQpj847DEQpj847DEQpj847DEQpj847DEQpj847DEQpj8',
    )
  })

  test('has a fingerprint of one length that does not see case or the form of Unicode', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 20 })
    fc.assert(
      fc.property(fc.record({ firstName: text, line1: text, city: text }), (address) => {
        const same = samenessOf({ country: 'FR', ...address })
        expect(same).toMatch(/^[\w-]{80}$/)
        const other = Object.fromEntries(
          Object.entries(address).map(([field, written]) => [
            field,
            ` ${written.normalize('NFD')} `,
          ]),
        )
        expect(samenessOf({ country: 'FR', ...other })).toBe(same)
      }),
    )
  })
})

test('no letter that Unicode has given out makes another address in capitals or in small letters', () => {
  const line = (line1: string) => comparedText('line1', { country: 'FR', line1 })
  for (let point = 0; point < 0x20000; point++) {
    const letter = `a${String.fromCodePoint(point)}b`
    if (!letter.isWellFormed()) continue
    for (const other of [letter.toUpperCase(), letter.toLowerCase(), letter.normalize('NFD')]) {
      if (other === letter) continue
      if (line(other) !== line(letter)) expect.fail(`${point.toString(16)} ${line(other)}`)
    }
  }
})
