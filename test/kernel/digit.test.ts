import { expect, test } from 'vitest'
import { foldDigits } from '#kernel/digit'

test.each([
  ['٩٤١٠٣', '94103'],
  ['۹۴۱۰۳', '94103'],
  ['９４１０３', '94103'],
  ['९४१०३', '94103'],
  ['৯৪১০৩', '94103'],
  ['๙๔๑๐๓', '94103'],
  ['໙໔໑໐໓', '94103'],
  ['၉၄၁၀၃', '94103'],
  ['៩៤១០៣', '94103'],
  ['𝟡𝟜𝟙𝟘𝟛', '94103'],
  ['𞥙𞥔𞥑𞥐𞥓', '94103'],
  ['A٣-b', 'A3-b'],
  ['九四一〇三', '九四一〇三'],
  ['½ Ⅷ ①', '½ Ⅷ ①'],
])('%j has the digits of %j', (written, folded) => {
  expect(foldDigits(written)).toBe(folded)
})

test('the ten digits of every script are 0 to 9', () => {
  const digits: string[] = []
  for (let point = 0; point < 0x110000; point++) {
    const character = String.fromCodePoint(point)
    if (/\p{Nd}/u.test(character)) digits.push(character)
  }
  expect(digits.length).toBeGreaterThan(600)
  for (let first = 0; first < digits.length; first += 10) {
    expect(foldDigits(digits.slice(first, first + 10).join(''))).toBe('0123456789')
  }
})
