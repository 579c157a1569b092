import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { groupKey } from '../../../src/core/group/key.ts'
import { anyText } from '../../support/character.ts'

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 8)

/** Texts that are one group. */
const ONE: readonly (readonly [key: string, ...texts: string[]])[] = [
  ['vip', 'vip', 'VIP', 'Vip', 'ＶＩＰ', ' vip ', '\u00a0VIP\u3000', '\u200bVIP'.slice(1), '𝐕𝐈𝐏'],
  ['b2b', 'B2B', 'b2b', 'Ｂ２Ｂ', 'B²B'],
  ['handler', 'Händler', 'HÄNDLER', 'Ha\u0308ndler', 'handler', 'Hándlèr'],
  ['strasse', 'Straße', 'STRASSE', 'STRAẞE', 'strasse'],
  [
    'wholesale-eu',
    'Wholesale – EU',
    'wholesale-eu',
    'WHOLESALE EU',
    'Wholesale—EU',
    'Wholesale  -  EU',
  ],
  [
    'wholesale-eu',
    'wholesale\u2212eu',
    'wholesale\u2011eu',
    'wholesale\u00a0eu',
    'Wholesale\tEU',
    'whole\u0073ale--eu',
  ],
  ['a_b', 'a_b', 'A_B', 'Á_b', '\u00c0_B'],
  ['uber-vip', 'Über VIP', 'ÜBER-VIP', 'uber vip', 'U\u0308ber\u2013Vip'],
  ['istanbul', 'İstanbul', 'ISTANBUL', 'istanbul', 'I\u0307stanbul'],
  ['efilter', 'ÉFilter', 'éﬁlter', 'EFILTER'],
  ['nguyen', 'Nguyễn', 'NGUYỄN', 'nguyen', 'Nguye\u0302\u0303n'],
  ['2024-q4', '2024 Q4', '2024-q4', '２０２４ Ｑ４'],
  ['new-york', 'New York', 'new-york', 'NEW\u2003YORK', 'Ñew  York'],
  ['a-b', 'a b', 'a - b', 'a--b', 'a — b', 'A B', 'a \u2013 b', 'á-b'],
  ['vip-', 'vip-', 'VIP –', 'vip -'],
  ['x'.repeat(64), 'X'.repeat(64)],
]

test.each(ONE)(
  '%s is the key of %j and of all that differ in case, width, accents, blanks or dashes',
  (key, ...texts) => {
    expect(texts.map(groupKey)).toEqual(texts.map(() => key))
  },
)

/** Texts of which no two may meet. */
const APART: readonly string[] = [
  'A',
  'A+',
  'A++',
  '+A',
  'A&',
  'A#',
  'C',
  'C#',
  'C++',
  'мой',
  'мои',
  'моё',
  'мое',
  '会员',
  '★',
  '★★',
  '☆',
  '🙂',
  '🙃',
  'ø',
  'o',
  'Sør',
  'Sor',
  'Łódź',
  'Lodz',
  'odz',
  'æ',
  'ae',
  'ı',
  'i',
  'ß',
  's',
  'が',
  'か',
  'νίκη',
  'νικη',
  'हिन्दी',
  'हिन्द',
  'ไทย',
  'ไท',
  'עִברית',
  'עברית',
  'كتاب',
  'كتب',
  '٢',
  '2',
  '२',
  'a.b',
  'ab',
  'a/b',
  'a_b',
  'a-b',
  'a,b',
  "a'b",
  'a|b',
  'vip!',
  'vip',
  'vip?',
  '_vip',
  '$vip',
  '%',
  '$',
  '€',
  '½',
  '12',
  '_',
  '.',
  '..',
  'x'.repeat(64),
  'x'.repeat(65),
  'x'.repeat(66),
  `${'x'.repeat(65)}+`,
  'vip\u200dx',
  'vipx',
  'ｶﾞ',
  'カ',
]

const pairs = APART.flatMap((one, i) => APART.slice(i + 1).map((other) => [one, other] as const))

test(`of ${APART.length} texts no two meet, in any pair`, () => {
  expect(pairs.length).toBeGreaterThan(200)
  for (const [one, other] of pairs) {
    if (groupKey(one) === groupKey(other)) expect.fail(`${one} and ${other} meet`)
  }
  expect(new Set(APART.map(groupKey)).size).toBe(APART.length)
})

test.each([
  ['A+', `a-${hashOf('a+')}`],
  ['会员', `g-${hashOf('会员')}`],
  ['МОЙ', `g-${hashOf('мой')}`],
  ['мои\u0306', `g-${hashOf('мой')}`],
  ['Sør Øst', `sr-st-${hashOf('sør-øst')}`],
  ['_vip', `vip-${hashOf('_vip')}`],
  ['--', `g-${hashOf('-')}`],
  ['Ä+'.repeat(40), `${'a'.repeat(40)}-${hashOf('a+'.repeat(40))}`],
  ['X'.repeat(90), `${'x'.repeat(55)}-${hashOf('x'.repeat(90))}`],
  ['A –+', `a--${hashOf('a-+')}`],
  ['A +- B', `a--b-${hashOf('a-+-b')}`],
])('%j has letters for the eye and a hash of the whole: %s', (text, key) => {
  expect(groupKey(text)).toBe(key)
})

test('every text has a key, every key is its own, and case and the form of Unicode do not matter', () => {
  fc.assert(
    fc.property(anyText(100), (text) => {
      const key = groupKey(text)
      expect(key).toMatch(/^[a-z0-9][a-z0-9_-]{0,63}$/)
      expect(groupKey(key)).toBe(key)
      expect(groupKey(key.toUpperCase())).toBe(key)
      expect(groupKey(text.normalize('NFD'))).toBe(key)
      expect(groupKey(` ${text}\u3000`)).toBe(key)
    }),
  )
})
