import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nameKey } from '../../../src/core/customer/name.ts'
import { readSearch } from '../../../src/core/customer/search.ts'

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
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    )
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 100 }), (units) => {
        const key = nameKey(units.join('').toWellFormed())
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
    ['van van', [['van']], []],
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
