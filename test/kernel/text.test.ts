import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  cleanTextSchema,
  countCodePoints,
  hasAtMostCodePoints,
  isBlank,
  isStorable,
  optionalTextSchema,
} from '#kernel/text'
import { anyText } from '../support/any-text.ts'

const messagesOf = (schema: z.ZodType, value: unknown) =>
  schema.safeParse(value).error?.issues.map((issue) => issue.message)

describe('a clean text', () => {
  test('is trimmed and otherwise kept as it was written', () => {
    expect(cleanTextSchema(20).parse('  Zoë  O’Brien 👩‍👩‍👧\u00a0')).toBe('Zoë  O’Brien 👩‍👩‍👧')
  })

  test('is measured in code points, so an emoji counts once', () => {
    expect(cleanTextSchema(3).safeParse('😀😀😀').success).toBe(true)
    expect(messagesOf(cleanTextSchema(3), '😀😀😀😀')).toEqual([
      'Must be at most 3 characters long.',
    ])
    expect(messagesOf(cleanTextSchema(3), 'a'.repeat(1_000))).toEqual([
      'Must be at most 3 characters long.',
    ])
  })

  test.each([
    ['NUL', 'a\0b'],
    ['a C0 control', 'a\u001bb'],
    ['a C1 control', 'a\u0085b'],
    ['a line break', 'a\nb'],
    ['a high surrogate alone', 'a\ud83db'],
    ['a low surrogate alone', 'a\ude00b'],
  ])('refuses %s', (_, text) => {
    expect(messagesOf(cleanTextSchema(20), text)).toEqual([
      'Must not contain control characters or broken Unicode.',
    ])
  })

  test('has line breaks and tabs where they are asked for, but no other controls', () => {
    const Note = cleanTextSchema(20, { lines: true })
    expect(Note.parse('a\r\n\tb')).toBe('a\r\n\tb')
    expect(Note.safeParse('a\0b').success).toBe(false)
    expect(Note.safeParse('a\u007fb').success).toBe(false)
  })

  test('is not blank, unless that is asked for', () => {
    expect(messagesOf(cleanTextSchema(20), ' \t ')).toEqual(['Must not be blank.'])
    expect(cleanTextSchema(20, { blank: true }).parse('  ')).toBe('')
  })

  test.each([
    ['zero width space', '\u200b'],
    ['zero width non-joiner', '\u200c'],
    ['zero width joiner', '\u200d'],
    ['direction marks', '\u200e\u200f\u061c'],
    ['embeddings and isolates', '\u202a\u202c\u2066\u2069'],
    ['word joiner', '\u2060'],
    ['byte order mark', '\ufeff'],
    ['soft hyphen', '\u00ad'],
    ['combining grapheme joiner', '\u034f'],
    ['Mongolian vowel separator', '\u180e'],
    ['Hangul fillers', '\u115f\u1160\u3164\uffa0'],
    ['Khmer inherent vowels', '\u17b4\u17b5'],
    ['braille blank', '\u2800'],
    ['ideographic and Ogham space', '\u3000\u1680'],
    ['variation selectors', '\ufe0f\u{e0100}'],
    ['tags', '\u{e0041}\u{e007f}'],
    ['musical null', '\u{1d159}'],
    ['several with spaces between', ' \u200b \u2060\u3164 '],
  ])('is blank when it shows nothing: %s', (_, text) => {
    expect(messagesOf(cleanTextSchema(20), text)).toEqual(['Must not be blank.'])
    expect(optionalTextSchema(20).parse(text)).toBeNull()
  })

  test('is blank when it has nothing but format characters', () => {
    for (let point = 0; point < 0x110000; point++) {
      const text = String.fromCodePoint(point)
      if (/\p{Cf}|\p{Z}/u.test(text) && !isBlank(text)) expect.fail(point.toString(16))
    }
  })

  test.each([
    ['می\u200cخواهم', 'a non-joiner'],
    ['क्\u200dष', 'a joiner'],
    ['क्\u200c', 'a non-joiner at the end'],
    ['👩\u200d👩\u200d👧', 'an emoji of several'],
    ['❤\ufe0f', 'a variation selector at the end'],
    ['🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}', 'tags'],
    ['\u2067שלום\u2069', 'an isolate'],
    ['שלום\u200f!', 'a direction mark'],
    ['a\u2060b\u2800c', 'invisible characters inside'],
    ['\u0301', 'a mark alone'],
  ])('%j stays as it was written: %s', (text) => {
    expect(cleanTextSchema(20).parse(text)).toBe(text)
  })

  test('loses invisible characters around it', () => {
    expect(cleanTextSchema(20).parse('\u200b \u3164Jane\u2060\ufeff ')).toBe('Jane')
    const long = `a${'\u200b'.repeat(60_000)}b`
    expect(messagesOf(cleanTextSchema(20), long)).toEqual(['Must be at most 20 characters long.'])
  })

  test.each([[null], [7], [{}], [undefined]])('is text, and %j is none', (value) => {
    expect(messagesOf(cleanTextSchema(20), value)).toEqual(['Must be text.'])
  })

  test('stays as it is when it is cleaned again, and Postgres can keep it', () => {
    const Text = cleanTextSchema(12)
    fc.assert(
      fc.property(anyText({ maxLength: 20 }), (written) => {
        const read = Text.safeParse(written)
        if (!read.success) return
        expect(Text.parse(read.data)).toBe(read.data)
        expect(isStorable(read.data)).toBe(true)
        expect(countCodePoints(read.data)).toBeLessThanOrEqual(12)
        expect(Buffer.from(read.data).toString()).toBe(read.data)
      }),
    )
  })

  test('is described by its length in JSON Schema', () => {
    expect(z.toJSONSchema(cleanTextSchema(5), { io: 'input' })).toMatchObject({
      type: 'string',
      minLength: 1,
      maxLength: 5,
    })
  })
})

describe('an optional text', () => {
  test.each([
    [null, null],
    ['   ', null],
    [' a ', 'a'],
  ])('reads %j as %j', (written, read) => {
    expect(optionalTextSchema(5).parse(written)).toBe(read)
  })

  test('is refused for the same reasons as a clean text', () => {
    expect(optionalTextSchema(5).safeParse('a\0').success).toBe(false)
    expect(optionalTextSchema(5).safeParse('abcdef').success).toBe(false)
  })

  test('may be null in JSON Schema', () => {
    expect(z.toJSONSchema(optionalTextSchema(5), { io: 'input' })).toMatchObject({
      anyOf: [{ type: 'string', maxLength: 5 }, { type: 'null' }],
    })
  })
})

test('a length limit agrees with counting every code point', () => {
  fc.assert(
    fc.property(anyText({ maxLength: 12 }), fc.nat(12), (text, max) => {
      expect(hasAtMostCodePoints(text, max)).toBe([...text].length <= max)
    }),
  )
})

test.each([
  ['', 'too_small'],
  ['abcdef', 'too_big'],
  ['a\0b', 'invalid_text'],
])('the text %j is refused with a code of its own', (text, code) => {
  expect(cleanTextSchema(5).safeParse(text).error?.issues).toMatchObject([
    { code: 'custom', params: { code } },
  ])
})
