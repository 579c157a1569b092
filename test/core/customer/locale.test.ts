import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { Locale } from '../../../src/core/customer/locale.ts'

describe('a locale', () => {
  test.each([
    ['en-US', 'en-US'],
    [' EN-us ', 'en-US'],
    ['de', 'de'],
    ['ZH-hant-tw', 'zh-Hant-TW'],
    ['iw', 'he'],
    ['es-419', 'es-419'],
  ])('written %j is kept as %j', (written, kept) => {
    expect(Locale.parse(written)).toBe(kept)
    expect(Locale.parse(kept)).toBe(kept)
  })

  test.each([
    [''],
    ['en_US'],
    ['e'],
    ['en-'],
    ['en US'],
    ['en\0'],
    ['en-US-u-ca-gregory-nu-latn-hc-h23-co-phonebk'],
  ])('%j is none', (written) => {
    expect(Locale.safeParse(written).error?.issues.map((issue) => issue.message)).toEqual([
      'Must be a language tag such as en-US.',
    ])
  })

  test('is text', () => {
    expect(Locale.safeParse(['en']).error?.issues[0]?.message).toBe('Must be text.')
  })

  test('is described in JSON Schema', () => {
    expect(z.toJSONSchema(Locale, { io: 'input' })).toMatchObject({ type: 'string', maxLength: 35 })
  })
})

test('a locale that is none is refused with a code of its own', () => {
  const issue = Locale.safeParse('_').error?.issues[0]
  expect(issue).toMatchObject({ code: 'custom', params: { code: 'invalid_locale' } })
})
