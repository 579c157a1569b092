import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { Metadata, MetadataPatch } from '../../../src/core/customer/metadata.ts'
import { anyText } from '../../support/any-text.ts'

const messagesOf = (schema: z.ZodType, value: unknown) =>
  schema.safeParse(value).error?.issues.map((issue) => issue.message)
const withKeys = (count: number, value: string | null = 'x') =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, value]))

const keyMessage = 'Every key must have 1 to 40 characters, not only blanks, and no NUL.'
const valueMessage = 'Must be text of at most 500 characters, without NUL.'

describe('metadata', () => {
  test('are kept exactly as they came', () => {
    const metadata = { ' size ': ' 42 \n', é: '', '😀': '😀'.repeat(500), ['k'.repeat(40)]: 'x' }
    expect(Metadata.parse(metadata)).toEqual(metadata)
  })

  test('may name the insides of an object, which stay plain data', () => {
    const text = '{"__proto__":"a","constructor":"b","toString":"c","hasOwnProperty":"d"}'
    const metadata = Metadata.parse(JSON.parse(text))
    expect(JSON.stringify(metadata)).toBe(text)
    expect(JSON.stringify(z.strictObject({ metadata: Metadata }).parse({ metadata }))).toBe(
      `{"metadata":${text}}`,
    )
    expect(Object.getPrototypeOf(metadata)).toBe(Object.prototype)
    expect({}.toString()).toBe('[object Object]')
  })

  test('cannot be smuggled in through a prototype', () => {
    expect(Metadata.parse(Object.create({ inherited: 'x' }))).toEqual({})
    expect(messagesOf(Metadata, JSON.parse('{"__proto__":{"admin":"1"}}'))).toEqual([valueMessage])
  })

  test('have at most 50 keys', () => {
    expect(Metadata.safeParse(withKeys(50)).success).toBe(true)
    expect(messagesOf(Metadata, withKeys(51))).toEqual(['Must have at most 50 keys.'])
  })

  test.each([
    ['an empty key', { '': 'x' }, keyMessage],
    ['a blank key', { ' ': 'x' }, keyMessage],
    ['a key that shows nothing', { '\u200b\u2060': 'x' }, keyMessage],
    ['a long key', { ['k'.repeat(41)]: 'x' }, keyMessage],
    ['a key with NUL', { 'a\0b': 'x' }, keyMessage],
    ['a key with half a surrogate pair', { '\ud800': 'x' }, keyMessage],
    ['a long value', { a: 'x'.repeat(501) }, valueMessage],
    ['a value with NUL', { a: 'x\0' }, valueMessage],
    ['a value with half a surrogate pair', { a: '\udc00' }, valueMessage],
    ['a number', { a: 1 }, valueMessage],
    ['null', { a: null }, valueMessage],
    ['an object inside', { a: { b: 'x' } }, valueMessage],
  ])('with %s are refused, without repeating it', (_, metadata, message) => {
    expect(messagesOf(Metadata, metadata)).toEqual([message])
    expect(JSON.stringify(Metadata.safeParse(metadata).error?.issues)).not.toContain('input')
  })

  test.each([[null], ['a'], [1], [[]], [['a']], [undefined]])(
    'are an object, and %j is none',
    (value) => {
      expect(messagesOf(Metadata, value)).toEqual(['Must be an object whose values are texts.'])
    },
  )

  test('that are accepted survive JSON and stay accepted', () => {
    const text = anyText({ maxLength: 45 })
    fc.assert(
      fc.property(fc.dictionary(text, text), (metadata) => {
        const read = Metadata.safeParse(metadata)
        if (!read.success) return
        expect(JSON.stringify(read.data)).toBe(JSON.stringify(metadata))
        expect(Metadata.parse(JSON.parse(JSON.stringify(read.data)))).toEqual(read.data)
      }),
    )
  })

  test('are described in JSON Schema', () => {
    expect(z.toJSONSchema(Metadata, { io: 'input' })).toMatchObject({
      type: 'object',
      maxProperties: 50,
      propertyNames: { minLength: 1, maxLength: 40 },
      additionalProperties: { type: 'string', maxLength: 500 },
    })
  })
})

describe('a patch of metadata', () => {
  test('removes with null and sets with text', () => {
    expect(MetadataPatch.parse({ gone: null, kept: 'x' })).toEqual({ gone: null, kept: 'x' })
  })

  test('may replace all fifty keys by others', () => {
    const patch = {
      ...withKeys(50),
      ...Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`old${i}`, null])),
    }
    expect(MetadataPatch.parse(patch)).toEqual(patch)
    expect(messagesOf(MetadataPatch, { ...patch, more: null })).toEqual([
      'Must have at most 100 keys.',
    ])
  })

  test('has the limits of metadata otherwise', () => {
    expect(messagesOf(MetadataPatch, { a: 1 })).toEqual([valueMessage])
    expect(MetadataPatch.safeParse({ a: 1, b: null, c: {} }).error?.issues).toMatchObject([
      { path: ['a'] },
      { path: ['c'] },
    ])
    expect(messagesOf(MetadataPatch, { '': null })).toEqual([keyMessage])
  })

  test('is described in JSON Schema', () => {
    expect(z.toJSONSchema(MetadataPatch, { io: 'input' })).toMatchObject({
      additionalProperties: { type: ['string', 'null'], maxLength: 500 },
    })
  })
})

test('a value that is no text is refused with a code of its own', () => {
  const issue = Metadata.safeParse({ a: 1 }).error?.issues[0]
  expect(issue).toMatchObject({ code: 'custom', params: { code: 'invalid_metadata' } })
})
