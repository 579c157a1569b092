import { iso31661 } from 'iso-3166'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { Country, isCountry } from '../../../src/core/address/country.ts'

describe('a country', () => {
  test('is one of the standard, or Kosovo', () => {
    const assigned = new Set([...iso31661.map((country) => country.alpha2), 'XK'])
    expect(assigned.size).toBe(250)
    for (const first of letters) {
      for (const second of letters) {
        const code = first + second
        expect([code, isCountry(code)]).toEqual([code, assigned.has(code)])
      }
    }
  })

  test.each([
    ['US', 'US'],
    [' us ', 'US'],
    ['xK', 'XK'],
  ])('written %j is kept as %j', (written, kept) => {
    expect(Country.parse(written)).toBe(kept)
  })

  test.each([['UK'], ['EU'], ['ZZ'], ['XX'], ['AN'], ['AC']])('%j is none', (code) => {
    expect(messagesOf(code)).toEqual(['Must be the code of a country (ISO 3166-1 alpha-2).'])
  })

  test.each([['USA'], ['840'], [''], ['ß'], ['ﬁ'], ['Germany'], ['U\0'], ['ＵＳ']])(
    '%j is not a code',
    (code) => {
      expect(messagesOf(code)).toEqual(['Must be a country code of two letters.'])
    },
  )

  test('is text', () => {
    expect(messagesOf(840)).toEqual(['Must be text.'])
  })

  test('is described in JSON Schema', () => {
    expect(z.toJSONSchema(Country, { io: 'input' })).toMatchObject({
      type: 'string',
      pattern: '^[A-Za-z]{2}$',
    })
  })
})

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
const messagesOf = (value: unknown) =>
  Country.safeParse(value).error?.issues.map((issue) => issue.message)

test('a country that is none is refused with a code of its own', () => {
  const issue = Country.safeParse('ZZ').error?.issues[0]
  expect(issue).toMatchObject({ code: 'custom', params: { code: 'invalid_country' } })
})
