import { dictionary } from '@zxcvbn-ts/language-common'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { passwordProblems } from '../../../src/core/identity/password-problems.ts'

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
    ['        x'],
    ['aaaaaaaa\0'],
    ['x'.repeat(256)],
    ['ü'.repeat(128)],
  ])('may be %j', (password) => {
    expect(codesOf(password)).toEqual([])
  })

  test.each([
    ['short', 'x7$kQ2p', 'password_too_short'],
    ['short in code points', '😀😁😂🤣😃😄😅', 'password_too_short'],
    ['short once its accents are put together', 'e\u0301'.repeat(7), 'password_too_short'],
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
      fc.property(fc.string({ unit: 'binary', minLength: 5, maxLength: 300 }), (password) => {
        for (const { path, message } of passwordProblems(password, rules)) {
          expect(path).toBe('password')
          expect(message).not.toContain(password)
          expect(message).toMatch(/^Must .+\.$/)
        }
      }),
    )
  })
})
