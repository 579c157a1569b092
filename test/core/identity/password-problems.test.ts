import { dictionary } from '@zxcvbn-ts/language-common'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { passwordProblems } from '../../../src/core/identity/password-problems.ts'
import { anyText } from '../../support/any-text.ts'

const rules = { minLength: 8, words: ['jane.doe', 'Café Demo'] }
const codesOf = (password: string, minLength = 8) =>
  passwordProblems(password, { ...rules, minLength }).map((problem) => problem.code)

describe('a new password', () => {
  test.each([
    ['correct horse battery'],
    ['securePassword123'],
    ['jane-password-1'],
    ['ünïcödé!'],
    ['😀😁😂🤣😃😄😅😆'],
    ['        x1y2z3w4'],
    ['a quiet river'],
    ['раздватричетыре'],
    ['我喜欢安静的河流'],
    ['x7$kQ2pW\0'],
    ['x'.repeat(256)],
    ['ü'.repeat(128)],
  ])('may be %j', (password) => {
    expect(codesOf(password)).toEqual([])
  })

  test.each([
    ['short', 'x7$kQ2p', 'password_too_short'],
    ['short in code points', '😀😁😂🤣😃😄😅', 'password_too_short'],
    ['short once its accents are put together', 'e\u0301'.repeat(7), 'password_too_short'],
    ['short without its outer blanks', '  x7$kQ2p \t', 'password_too_short'],
    ['blank', ' '.repeat(12), 'password_too_short'],
    [
      'blank in other scripts',
      '\u00a0\u3000\u2003\u2800\u3164\u1680\u202f\uffa0\u115f',
      'password_too_short',
    ],
    [
      'invisible',
      '\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u{e0061}\ufe0f',
      'password_too_short',
    ],
    ['made of control characters', '\u0001'.repeat(9), 'password_too_short'],
    ['made of marks', '\u0301\u0316\u20dd'.repeat(4), 'password_too_short'],
    [
      'short under a heap of marks',
      `x\u0301\u0302\u0303${'y\u0316'.repeat(6)}`,
      'password_too_short',
    ],
    ['one character that stands for many', '\ufdfa', 'password_too_short'],
    ['a few ligatures', 'ﬁ'.repeat(5), 'password_too_short'],
    ['long', 'x'.repeat(257), 'password_too_long'],
    ['long in bytes', 'ü'.repeat(129), 'password_too_long'],
    ['broken', 'broken \ud800 text', 'password_malformed'],
    ['common', 'password', 'password_too_common'],
    ['common in capitals', 'QwertyUIOP', 'password_too_common'],
    ['common with a word in it', 'michelle', 'password_too_common'],
    ['the name of the e-mail address', 'jane.doe', 'password_too_guessable'],
    ['that name and a year', 'JaneDoe2024', 'password_too_guessable'],
    ['that name twice', 'janedoe janedoe', 'password_too_guessable'],
    ['a part of that name', 'jane123456', 'password_too_guessable'],
    ['that name with accents', 'Jané-Dòe!', 'password_too_guessable'],
    ['the name of the shop', 'cafedemo', 'password_too_guessable'],
    ['both names', 'jane@cafe.demo', 'password_too_guessable'],
  ])('is not %s', (_, password, code) => {
    expect(codesOf(password)).toEqual([code])
  })

  test('is as long as the shop wants, but never shorter than eight', () => {
    expect(codesOf('x7$kQ2pWm4z', 12)).toEqual(['password_too_short'])
    expect(codesOf('x7$kQ2pWm4zL', 12)).toEqual([])
    expect(codesOf('x7$kQ2p', 1)).toEqual(['password_too_short'])
    expect(passwordProblems('x', { ...rules, minLength: 12 })[0]?.message).toBe(
      'Must have at least 12 characters.',
    )
  })

  /** Other spellings of a text, by what somebody may hope a list does not know. */
  const spellings: Readonly<Record<string, (text: string) => string>> = {
    'in full width': (text) => widened(text),
    'in bold letters of mathematics': (text) =>
      text.replace(/[a-z]/g, (letter) => String.fromCodePoint(0x1d41a + letter.charCodeAt(0) - 97)),
    'in a circle': (text) =>
      text.replace(/[a-z]/g, (letter) => String.fromCodePoint(0x24d0 + letter.charCodeAt(0) - 97)),
    'between blanks': (text) => `  ${text}\u00a0\u3000`,
    'between lines': (text) => `\r\n${text}\n`,
    'with a zero-width space after each letter': (text) => [...text].join('\u200b'),
    'with a joiner after each letter': (text) => [...text].join('\u2060'),
    'with soft hyphens': (text) => [...text].join('\u00ad'),
    'with fillers': (text) => [...text].join('\u3164'),
    'with the mark of the byte order': (text) => `\ufeff${text}`,
    'with directions': (text) => `\u202e${text}\u202c`,
    'with accents': (text) =>
      text.replace(/[aeiou]/g, (letter) => `${letter}\u0301`).normalize('NFC'),
    'with strokes': (text) => [...text].join('\u0336'),
    'with letters of the north': (text) => text.replaceAll('o', 'ø').replaceAll('d', 'đ'),
    'with a long s': (text) => text.replaceAll('s', 'ſ'),
    'with a sharp s': (text) => text.replaceAll('ss', 'ß'),
    'with a dotted capital': (text) => text.toUpperCase().replaceAll('I', 'İ'),
    'without a dot': (text) => text.replaceAll('i', 'ı'),
    'with a blank after which the accents are apart': (text) =>
      `\u200b ${text.replace(/[aeiou]/g, (letter) => `${letter}\u0308`)} \u200b`,
  }
  const widened = (text: string) =>
    text.replace(/[!-~]/g, (letter) => String.fromCodePoint(letter.charCodeAt(0) + 0xfee0))

  test.each(Object.entries(spellings))('is no common one %s', (_, spell) => {
    for (const common of [
      'password',
      'password123',
      'iloveyou',
      'qwertyuiop',
      'sunshine',
      '12345678',
    ]) {
      const spelt = spell(common)
      const isShort = [...spelt.normalize('NFC')].length < 8
      expect([spelt, codesOf(spelt)]).toEqual([
        spelt,
        [isShort ? 'password_too_short' : 'password_too_common'],
      ])
    }
  })

  test.each(Object.entries(spellings))('is not the name of the e-mail address %s', (_, spell) => {
    expect(codesOf(spell('janedoe1'))).toEqual(['password_too_guessable'])
  })

  test('may hold a short word of the address, for it stands in many', () => {
    expect(passwordProblems('x7doe$Q2', { minLength: 8, words: ['doe'] })).toEqual([])
    expect(passwordProblems('x7$kQ2pW', { minLength: 8, words: ['', '.', '@@@@'] })).toEqual([])
  })

  test('is none of the five thousand most used, in any case', () => {
    const used = new Set(
      dictionary['passwords-common']
        .map((word) => word.toLowerCase())
        .filter((word) => word.length >= 8),
    )
    const top = [...used].slice(0, 5_000)
    expect(top.length).toBe(5_000)
    for (const password of top) {
      expect([password, codesOf(password)]).toEqual([password, ['password_too_common']])
      expect(codesOf(password.toUpperCase())).toEqual(['password_too_common'])
    }
    const refused = [...used].filter((password) =>
      codesOf(password).includes('password_too_common'),
    )
    expect(refused).toEqual(top)
  })

  test('is judged without being repeated', () => {
    fc.assert(
      fc.property(anyText({ minLength: 5, maxLength: 300 }), (password) => {
        for (const { path, message } of passwordProblems(password, rules)) {
          expect(path).toBe('password')
          expect(message).not.toContain(password)
          expect(message).toMatch(/^Must .+\.$/)
        }
      }),
    )
  })
})
