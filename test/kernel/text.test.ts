import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { cleanText, codePoints, isAtMost, isStorable, optionalText } from '#kernel/text'

const messagesOf = (schema: z.ZodType, value: unknown) =>
  schema.safeParse(value).error?.issues.map((issue) => issue.message)

describe('a clean text', () => {
  test('is trimmed and otherwise kept as it was written', () => {
    expect(cleanText(20).parse('  Zoë  O’Brien 👩‍👩‍👧\u00a0')).toBe('Zoë  O’Brien 👩‍👩‍👧')
  })

  test('is measured in code points, so an emoji counts once', () => {
    expect(cleanText(3).safeParse('😀😀😀').success).toBe(true)
    expect(messagesOf(cleanText(3), '😀😀😀😀')).toEqual(['Must be at most 3 characters long.'])
    expect(messagesOf(cleanText(3), 'a'.repeat(1_000))).toEqual([
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
    expect(messagesOf(cleanText(20), text)).toEqual([
      'Must not contain control characters or broken Unicode.',
    ])
  })

  test('has line breaks and tabs where they are asked for, but no other controls', () => {
    const Note = cleanText(20, { lines: true })
    expect(Note.parse('a\r\n\tb')).toBe('a\r\n\tb')
    expect(Note.safeParse('a\0b').success).toBe(false)
    expect(Note.safeParse('a\u007fb').success).toBe(false)
  })

  test('is not blank, unless that is asked for', () => {
    expect(messagesOf(cleanText(20), ' \t ')).toEqual(['Must not be blank.'])
    expect(cleanText(20, { blank: true }).parse('  ')).toBe('')
  })

  test.each([[null], [7], [{}], [undefined]])('is text, and %j is none', (value) => {
    expect(messagesOf(cleanText(20), value)).toEqual(['Must be text.'])
  })

  test('stays as it is when it is cleaned again, and Postgres can keep it', () => {
    const Text = cleanText(12)
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (written) => {
        const read = Text.safeParse(written)
        if (!read.success) return
        expect(Text.parse(read.data)).toBe(read.data)
        expect(isStorable(read.data)).toBe(true)
        expect(codePoints(read.data)).toBeLessThanOrEqual(12)
        expect(Buffer.from(read.data).toString()).toBe(read.data)
      }),
    )
  })

  test('is described by its length in JSON Schema', () => {
    expect(z.toJSONSchema(cleanText(5), { io: 'input' })).toMatchObject({
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
    expect(optionalText(5).parse(written)).toBe(read)
  })

  test('is refused for the same reasons as a clean text', () => {
    expect(optionalText(5).safeParse('a\0').success).toBe(false)
    expect(optionalText(5).safeParse('abcdef').success).toBe(false)
  })

  test('may be null in JSON Schema', () => {
    expect(z.toJSONSchema(optionalText(5), { io: 'input' })).toMatchObject({
      anyOf: [{ type: 'string', maxLength: 5 }, { type: 'null' }],
    })
  })
})

test('a length limit agrees with counting every code point', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 12 }), fc.nat(12), (text, max) => {
      expect(isAtMost(text, max)).toBe([...text].length <= max)
    }),
  )
})

test.each([
  ['', 'too_small'],
  ['abcdef', 'too_big'],
  ['a\0b', 'invalid_text'],
])('the text %j is refused with a code of its own', (text, code) => {
  expect(cleanText(5).safeParse(text).error?.issues).toMatchObject([
    { code: 'custom', params: { code } },
  ])
})
