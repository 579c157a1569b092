import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nameKey, readSearch } from '../../../src/core/customer/name.ts'

describe('the key of a name', () => {
  test.each([
    ['José', 'jose'],
    ['O’Brien', 'obrien'],
    ["O'Brien", 'obrien'],
    ['O´Brien', 'obrien'],
    ['Jean-Luc', 'jean luc'],
    ['  van  der\tBerg ', 'van der berg'],
    ['J. R. R.', 'j r r'],
    ['王小明', '王小明'],
    ['!?', ''],
    ['', ''],
    [null, ''],
    [undefined, ''],
  ])('%j is %j', (name, key) => {
    expect(nameKey(name)).toBe(key)
  })

  test('sorts José near Jose in byte order', () => {
    const sorted = ['Zoe', 'José', 'Josef', 'Äbel', 'jose', 'Adam'].sort((a, b) =>
      Buffer.compare(Buffer.from(nameKey(a)), Buffer.from(nameKey(b))),
    )
    expect(sorted).toEqual(['Äbel', 'Adam', 'José', 'jose', 'Josef', 'Zoe'])
  })

  test('is its own key, and short and whole enough for an index', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (name) => {
        const key = nameKey(name.toWellFormed())
        expect(nameKey(key)).toBe(key)
        expect(key.isWellFormed()).toBe(true)
        expect(Buffer.byteLength(key)).toBeLessThanOrEqual(400)
      }),
    )
  })

  test('stays short when each letter becomes eighteen', () => {
    const key = nameKey('\ufdfa'.repeat(100))
    expect([...key].length).toBeLessThanOrEqual(100)
    expect(nameKey(key)).toBe(key)
  })

  test('ends at a letter, not within one', () => {
    expect(nameKey('𠮷'.repeat(101))).toBe('𠮷'.repeat(100))
  })
})

describe('a search', () => {
  test.each([
    ['jose', ['jose'], 'jose'],
    [' José  Núñez ', ['jose', 'nunez'], null],
    ['Jane.Doe', ['jane', 'doe'], 'jane.doe'],
    ['Jane@Exam', [], 'jane@exam'],
    ['jane+shop@', [], 'jane+shop@'],
    ['jane@Bücher.example', [], 'jane@xn--bcher-kva.example'],
    ['ZOË', ['zoe'], 'zoë'],
    ['  ', [], null],
    ['-', [], '-'],
  ])('for %j looks for the words %j and the e-mail %j', (q, words, email) => {
    expect(readSearch(q)).toEqual({ words, email })
  })

  test('finds what it was typed from', () => {
    const word = fc.constantFrom('José', "O'Brien", 'Łukasz', 'van', 'Straße', 'ΝΊΚΟΣ', 'Ng')
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (words) => {
        const key = ` ${nameKey(words.join(' '))}`
        for (const word of words) {
          for (const typed of [word, word.toUpperCase(), word.slice(0, 2)]) {
            for (const found of readSearch(typed).words) expect(key).toContain(` ${found}`)
          }
        }
      }),
    )
  })
})
