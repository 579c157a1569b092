import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldText } from '#kernel/fold-text'
import { anyText } from '../support/character.ts'

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
  ['ガ', 'が'],
  ['ｶﾞ', 'が'],
  ['ヤマダ', 'やまだ'],
  ['हिन्दी', 'हिन्दी'],
  ['न\u200dम', 'नम'],
  ['ไทยพื้น', 'ไทยพื้น'],
  ['ខ្មែរ', 'ខ្មែរ'],
  ['٢٣', '23'],
])('%j folds to %j', (text, folded) => {
  expect(foldText(text)).toBe(folded)
})

test.each([
  ['hamza above and below', 'أحمد', 'احمد', 'إحمد', 'ٱحمد'],
  ['madda', 'آدم', 'ادم'],
  ['hamza on waw and yeh', 'مؤمن', 'مومن'],
  ['a hamza of its own', 'علاء', 'علا'],
  ['vowel marks', 'مُحَمَّد', 'محمد'],
  ['superscript alef', 'رحمٰن', 'رحمن'],
  ['tatweel', 'محـــمد', 'محمد'],
  ['alef maksura, Persian and Arabic yeh', 'ليلى', 'ليلي', 'لیلی'],
  ['Persian and Arabic kaf', 'کریم', 'كريم'],
  ['teh marbuta, heh, Urdu heh', 'فاطمة', 'فاطمه', 'فاطمہ', 'فاطمە'],
  ['Persian heh with yeh', 'خانۀ', 'خانه'],
  ['presentation forms', 'ﻼﻟ', 'لال'],
  ['a non-joiner inside', 'علی\u200cرضا', 'علیرضا'],
  ['direction marks', '\u200fعلی\u200e', 'علی'],
  ['Hebrew points', 'שָׁלוֹם', 'שלום'],
  ['Hebrew final forms', 'שלום', 'שלומ'],
  ['Yiddish ligatures', 'ײַדיש', 'יידיש'],
  ['Hebrew presentation forms', 'שּׁלום', 'שלום'],
  ['Syriac points', 'ܫܠܳܡܳܐ', 'ܫܠܡܐ'],
])('%s may be left out or written otherwise', (_, ...texts) => {
  expect(new Set(texts.map(foldText)).size).toBe(1)
})

test.each([
  ['Persian peh and Arabic beh', 'پ', 'ب'],
  ['gaf and kaf', 'گ', 'ك'],
  ['Thai tones', 'ป่า', 'ปา'],
  ['Devanagari vowels', 'हिन्दी', 'हन्दी'],
  ['dakuten', 'が', 'か'],
  ['long and short vowels', 'オー', 'オ'],
  ['traditional and simplified', '東', '东'],
  ['Hangul', '강', '가'],
])('%s are different letters', (_, one, other) => {
  expect(foldText(one)).not.toBe(foldText(other))
})

/** Letters without case, forms and accents, of which there are very many. */
const SELDOM = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Tangut}\p{Cn}\p{Co}\p{Cs}]/u

test('for every letter, folding twice is folding once, and capitals and forms of Unicode do not matter', () => {
  for (let point = 0; point < 0x40000; point++) {
    const letter = String.fromCodePoint(point)
    if (SELDOM.test(letter)) continue
    const once = foldText(letter)
    const forms = [once, letter.toUpperCase(), letter.toLowerCase(), letter.normalize('NFD')]
    if (forms.some((form) => foldText(form) !== once)) expect.fail(point.toString(16))
  }
})

test('folding twice is folding once, and does not see accents or the form of Unicode', () => {
  fc.assert(
    fc.property(anyText(20), (text) => {
      const once = foldText(text)
      expect(foldText(once)).toBe(once)
      expect(foldText(text.normalize('NFD'))).toBe(once)
      expect(foldText(text.normalize('NFKC'))).toBe(once)
    }),
  )
})
