import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fold } from '#kernel/fold'

test.each([
  ['José', 'jose'],
  ['JOSE\u0301', 'jose'],
  ['Łukasz Đorđević', 'lukasz dordevic'],
  ['Straße', 'strasse'],
  ['STRASSE', 'strasse'],
  ['Søren Ærø', 'soren aero'],
  ['Þór', 'thor'],
  ['İbrahim Işık', 'ibrahim isik'],
  ['Nguyễn', 'nguyen'],
  ['Ёлкин', 'елкин'],
  ['Νίκος', 'νικοσ'],
  ['ΝΊΚΟΣ', 'νικοσ'],
  ['ＡＢＣ１', 'abc1'],
  ['ﬁn', 'fin'],
  ['한국', '한국'],
  ['が', 'が'],
  ['हिन्दी', 'हिन्दी'],
])('%j folds to %j', (text, folded) => {
  expect(fold(text)).toBe(folded)
})

test('folding twice is folding once, for every letter that Unicode has given out', () => {
  for (let point = 0; point < 0x40000; point++) {
    const once = fold(String.fromCodePoint(point))
    if (fold(once) !== once) expect.fail(point.toString(16))
  }
})

test('folding twice is folding once, and does not see accents or the form of Unicode', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const once = fold(text)
      expect(fold(once)).toBe(once)
      expect(fold(text.normalize('NFD'))).toBe(once)
      expect(fold(text.normalize('NFKC'))).toBe(once)
    }),
  )
})
