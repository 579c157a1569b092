import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanTextSchema } from '#kernel/text'
import { hasUnspacedScript, nameKey } from '../../../src/core/customer/name-key.ts'
import { readSearch } from '../../../src/core/customer/search-text-reading.ts'
import { anyCharacter } from '../../support/character.ts'
import { runs } from '../../support/runs.ts'

describe('the key of a name', () => {
  test.each([
    ['José', 'jose'],
    ['O’Brien', 'obrien  brien'],
    ['Jean-Luc', 'jean luc  jeanluc'],
    ['  van  der\tBerg ', 'van der berg  vanderberg derberg'],
    ['José O’Brien-Núñez', 'jose obrien nunez  joseobriennunez obriennunez briennunez'],
    ['J. R. R.', 'j r r  jrr rr'],
    ['王小明', '王小明  小明 明'],
    ['ヤマダ', 'やまだ  まだ だ'],
    ['สมชาย', 'สมชาย'],
    ['สม\u200bชาย', 'สม ชาย  สมชาย'],
    ['علی\u200cرضا', 'عليرضا  رضا'],
    ['ŉ', 'n'],
    ['X', 'x'],
    ['🙂🙃', '🙂🙃'],
    ['Jane🌸', 'jane 🌸  jane🌸'],
    ['!?', '!?'],
    ["'", "'"],
    ['@', '@'],
    ['ـ', 'ـ'],
    ['', ''],
    [null, ''],
    [undefined, ''],
  ])('%j is %j', (name, key) => {
    expect(nameKey(name)).toBe(key)
  })

  test.each([..."'`´’‘‛ʻʼʹʾʿˈ′＇՚׳ꞌ"])('%j is an apostrophe', (apostrophe) => {
    expect(nameKey(`D${apostrophe}Angelo`)).toBe('dangelo  angelo')
  })

  test('sorts José near Jose in byte order, and a longer name after its beginning', () => {
    const names = ['Zoe', 'José', 'Josef', 'Äbel', 'jose', 'Adam', 'Jose Z', 'Jose-Luis', "O'Brien"]
    const sorted = names.sort((a, b) =>
      Buffer.compare(Buffer.from(nameKey(a)), Buffer.from(nameKey(b))),
    )
    expect(sorted).toEqual([
      'Äbel',
      'Adam',
      'José',
      'jose',
      'Jose-Luis',
      'Jose Z',
      'Josef',
      "O'Brien",
      'Zoe',
    ])
  })

  test('is whole, and short enough for an index, whatever the name', () => {
    const unit = fc.oneof(
      fc.constantFrom('\ufdfa', '𠮷', 'ﬃ', '㌀', ' ', "'", '明', 'が', '김', 'A', '🙂'),
      anyCharacter,
    )
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 100 }), (units) => {
        const key = nameKey(units.join(''))
        expect(key.isWellFormed()).toBe(true)
        expect(Buffer.byteLength(key)).toBeLessThanOrEqual(2_000)
      }),
    )
    expect(Buffer.byteLength(nameKey('𠮷 '.repeat(50)))).toBeLessThanOrEqual(2_000)
  })

  test('ends at a letter, not within one', () => {
    expect(nameKey('𠮷'.repeat(101))).toBe('𠮷'.repeat(100))
  })
})

describe('a search', () => {
  test.each([
    ['jose', [['jose']], ['jose']],
    [' José  Núñez ', [['jose', 'nunez'], ['josenunez']], []],
    ["O'Brien", [['obrien']], ["o'brien"]],
    ['O Brien', [['o', 'brien'], ['obrien']], []],
    [
      'Sean O Brien',
      [['sean', 'o', 'brien'], ['seano', 'brien'], ['seanobrien'], ['sean', 'obrien']],
      [],
    ],
    ['a b c d e', [['a', 'b', 'c', 'd', 'e'], ['abcde']], []],
    ['van van', [['van'], ['vanvan']], []],
    ['ZOË', [['zoe']], ['zoë']],
    ['  ', [], []],
    ['-', [['-']], ['-']],
    ['🙂 !', [['🙂']], []],
    ['Jane@Exam', [['jane', 'exam'], ['janeexam']], ['jane@exam', 'jane@xn--exam']],
    ['jane+shop@', [['jane', 'shop'], ['janeshop']], ['jane+shop@']],
    ['J@ne', [['j', 'ne'], ['jne']], ['j@ne', 'j@xn--ne']],
  ])('%j is read as the names %j or the beginning of an e-mail address, %j', (q, names, emails) => {
    expect(readSearch(q)).toEqual({ names, emails })
  })

  test.each([
    ['info@bü', ['info@xn--b']],
    ['INFO@BÜCHER', ['info@xn--bcher']],
    ['info@Bücher.', ['info@xn--bcher-kva.']],
    ['info@Bücher.ex', ['info@xn--bcher-kva.ex', 'info@xn--bcher-kva.xn--ex']],
    ['info@bu\u0308cher。ex', ['info@xn--bcher-kva.ex', 'info@xn--bcher-kva.xn--ex']],
    ['info@xn--bch', ['info@xn--bch', 'info@xn--xn--bch']],
    ['почта@прим', ['почта@xn--']],
    ['a@1.2', ['a@1.2', 'a@1.xn--2']],
    ['a@b/c.d', []],
    ['a@[1', []],
    ['a@b\u0000', []],
  ])('the address that begins with %j is found by %j', (q, emails) => {
    expect(readSearch(q).emails).toEqual(emails)
  })
})

/** Whether all words of one way begin words of the names, which are joined where they are written without spaces. */
function isFound(q: string, first: string, last: string): boolean {
  const keys = [nameKey(first), nameKey(last)]
  const [f, l] = keys.map((key) => key.split('  ')[0]?.replaceAll(' ', '') ?? '')
  const { names } = readSearch(q)
  const joint = names.flat().some(hasUnspacedScript) ? `${f}${l} ${l}${f}` : ''
  const known = ` ${keys.join(' ')} ${joint}`
  return names.some((words) => words.every((word) => known.includes(` ${word}`)))
}

test('every name that is taken is found by either name and by both, in any order, case and form', () => {
  const ranges = [
    [0x21, 0x17f],
    [0x180, 0x24f],
    [0x370, 0x52f],
    [0x531, 0x5ff],
    [0x600, 0x7ff],
    [0x900, 0xdff],
    [0xe00, 0x12ff],
    [0x13a0, 0x18af],
    // Not letters with an iota subscript: their capitals with marks of other scripts have another order.
    [0x1e00, 0x1f7f],
    [0x2000, 0x206f],
    [0x3041, 0x33ff],
    [0x4e00, 0x9fff],
    [0xa4d0, 0xabff],
    [0xac00, 0xd7a3],
    [0xf900, 0xffef],
    [0x10000, 0x1d7ff],
    [0x1f000, 0x2fa1f],
  ] as const
  const inRange = fc
    .constantFrom(...ranges)
    .chain(([min, max]) => fc.integer({ min, max }).map((point) => String.fromCodePoint(point)))
  const letter = fc.oneof(
    { weight: 4, arbitrary: inRange },
    fc.constantFrom(' ', "'", '’', '-', '@', '\u200c', '\u200d', '\u200b', '\u0301', 'İ', 'ß', 'ς'),
  )
  const Name = cleanTextSchema(100)
  const name = fc
    .array(letter, { minLength: 1, maxLength: 12 })
    .map((parts) => Name.safeParse(parts.join('')).data ?? 'Doe')
  fc.assert(
    fc.property(name, name, (first, last) => {
      for (const q of [first, last, `${first} ${last}`, `${last} ${first}`]) {
        for (const typed of [q, q.toUpperCase(), q.toLowerCase(), q.normalize('NFD')]) {
          expect([typed, isFound(typed, first, last)]).toEqual([typed, true])
        }
        // A name that begins with a mark of another script is another text once it is joined.
        const mayJoin = !/^\p{M}|\s\p{M}/u.test(`${first} ${last}`)
        if (mayJoin && hasUnspacedScript(nameKey(first) + nameKey(last))) {
          expect(isFound(`${first}${last}`, first, last)).toBe(true)
          expect(isFound(`${last}${first}`, first, last)).toBe(true)
        }
      }
    }),
    { numRuns: runs(500, 20_000) },
  )
})
