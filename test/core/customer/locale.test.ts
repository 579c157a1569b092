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
    ['en_US', 'en-US'],
    ['EN_us', 'en-US'],
    [' en_us\n', 'en-US'],
    ['pt_BR', 'pt-BR'],
    ['zh_Hant_TW', 'zh-Hant-TW'],
    ['zh-hant_tw', 'zh-Hant-TW'],
    ['es_419', 'es-419'],
    ['iw_IL', 'he-IL'],
    ['en_US.UTF-8', 'en-US'],
    ['de_DE.iso-8859-1@euro', 'de-DE'],
    ['de.UTF-8', 'de'],
    ['sr_RS@latin', 'sr-Latn-RS'],
    ['uz_UZ.UTF-8@cyrillic', 'uz-Cyrl-UZ'],
    ['en_US@calendar=buddhist', 'en-US'],
    ['en–US', 'en-US'],
    ['en‑US', 'en-US'],
    ['ｅｎ＿ＵＳ', 'en-US'],
    ['en-US-u-ca-gregory', 'en-US-u-ca-gregory'],
    ['ca_ES_valencia', 'ca-ES-valencia'],
  ])('written %j is kept as %j', (written, kept) => {
    expect(Locale.parse(written)).toBe(kept)
    expect(Locale.parse(kept)).toBe(kept)
  })

  test.each([
    [''],
    ['_US'],
    ['en_US_'],
    ['en__US'],
    ['en_US.'],
    ['C'],
    ['C.UTF-8'],
    ['en-US,en;q=0.9'],
    ['en_US@'],
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
