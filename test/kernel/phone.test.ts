import fc from 'fast-check'
import parseWithFormats from 'libphonenumber-js/min'
import metadata from 'libphonenumber-js/min/metadata'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { OptionalPhone } from '../../src/kernel/phone.ts'

const messagesOf = (value: unknown) =>
  OptionalPhone.safeParse(value).error?.issues.map((issue) => issue.message)

describe('a phone number', () => {
  test.each([
    ['+1 415 555 1234', '+14155551234'],
    ['+14155551234', '+14155551234'],
    ['  +1 (415) 555-1234 ', '+14155551234'],
    ['+1.415.555.1234', '+14155551234'],
    ['+1\u2011415\u2011555\u20111234', '+14155551234'],
    ['\u202a+1\u00a0415\u00a0555\u00a01234\u202c', '+14155551234'],
    ['+44 (0)20 7946 0958', '+442079460958'],
    ['+39 06 698 12345', '+390669812345'],
    ['+49 30 123456', '+4930123456'],
    ['+800 1234 5678', '+80012345678'],
    ['+٤٤ ٢٠ ٧٩٤٦ ٠٩٥٨', '+442079460958'],
    ['+۹۸ ۲۱ ۱۲۳۴ ۵۶۷۸', '+982112345678'],
    ['+९१ ९८७६५ ४३२१०', '+919876543210'],
    ['＋８１ ３−１２３４−５６７８', '+81312345678'],
    ['+1 555 123 4567', '+15551234567'],
  ])('written %j is kept as %j', (written, kept) => {
    expect(OptionalPhone.parse(written)).toBe(kept)
    expect(OptionalPhone.parse(kept)).toBe(kept)
  })

  test.each([
    ['no country code', '415 555 1234'],
    ['the prefix of some countries for the plus', '011 44 20 7946 0958'],
    ['letters', '+1 800 FLOWERS'],
    ['a remark', '+1 415 555 1234 (home)'],
    ['another number', '+1 415 555 1234 / +1 415 555 1235'],
    ['another parameter', 'tel:5551234;phone-context=+1415'],
    ['only brackets', '(+)'],
    ['words around it', 'call +14155551234'],
    ['two plus signs', '++14155551234'],
    ['NUL', '+1415\0' + '5551234'],
  ])('with %s is refused', (_, written) => {
    expect(messagesOf(written)).toEqual([
      'Must be a phone number that starts with + and the country code.',
    ])
  })

  test.each([
    ['too short', '+1234'],
    ['too long for its country', '+1 415 555 12345'],
    ['too long for any country', '+1234567890123456'],
    ['of no country', '+999 123456789'],
    ['without end', `+1${'4'.repeat(10_000)}`],
  ])('that is %s is refused', (_, written) => {
    expect(messagesOf(written)).toEqual(['Must be a possible phone number.'])
  })

  test.each([
    ['+52 1 55 1234 5678', '+525512345678'],
    ['+52 (1) 55 1234 5678', '+525512345678'],
    ['+52 55 1234 5678', '+525512345678'],
    ['+229 97 12 34 56', '+2290197123456'],
    ['(+44) 20 7946 0958', '+442079460958'],
    ['( + 44 ) 20 7946 0958', '+442079460958'],
    ['[+44] 20 7946 0958', '+442079460958'],
    ['+ 44 20 7946 0958', '+442079460958'],
    ['+(44) 2079460958', '+442079460958'],
    ['0044 20 7946 0958', '+442079460958'],
    ['(00 44) 20 7946 0958', '+442079460958'],
    ['+0044 20 7946 0958', '+442079460958'],
    ['+44 20 7946 0958 ', '+442079460958'],
    ['+44.20.7946.0958', '+442079460958'],
    ['+44/20/7946·0958', '+442079460958'],
    ['+44\t20_7946•0958', '+442079460958'],
    ['tel:+44-20-7946-0958', '+442079460958'],
    ['TEL:0044-20-7946-0958', '+442079460958'],
    ['Tel.: +44 (0)20 7946 0958', '+442079460958'],
    ['＋４４　（０）２０　７９４６－０９５８', '+442079460958'],
    ['⁺44 20 7946 0958', '+442079460958'],
    ['\u2066+44\u200b 20\u00ad7946\ufeff0958\u2069', '+442079460958'],
    ['\u200e+44 20 7946 0958\u200f', '+442079460958'],
    ['+39 (0)6 698 12345', '+390669812345'],
    ['+420 (0)212 345 678', '+420212345678'],
    ['+7 (8) 495 123-45-67', '+74951234567'],
  ])('as people write %j is %j', (written, kept) => {
    expect(OptionalPhone.parse(written)).toBe(kept)
    expect(OptionalPhone.parse(kept)).toBe(kept)
  })

  test.each([
    '+1 415 555 1234 ext. 5',
    '+1 415 555 1234 Extension: 123',
    '+1 415 555 1234 extn 5',
    '+14155551234x5',
    '+1 415 555 1234 × 5',
    '+1 415 555 1234 #5',
    '+1 415 555 1234,,5#',
    '+1 415 555 1234;5',
    '+14155551234;ext=5',
    'tel:+1-415-555-1234;ext=5',
    '(415) 555-1234 ext 5',
    '+33 1 23 45 67 89 poste 12',
    '+7 495 123-45-67 доб. 5',
    '+81 3-1234-5678 内線５',
    '\u202a+1 415 555 1234 ext.\u00a05\u202c',
  ])('with an extension, %j, says that extensions are not kept', (written) => {
    expect(messagesOf(written)).toEqual([
      'Must be a phone number without an extension: extensions are not kept.',
    ])
  })

  test('is text', () => {
    expect(messagesOf(14155551234)).toEqual(['Must be text.'])
  })

  test('is described in JSON Schema', () => {
    expect(z.toJSONSchema(OptionalPhone, { io: 'input' })).toMatchObject({
      anyOf: [{ type: 'string', maxLength: 60 }, { type: 'null' }],
    })
  })
})

test('a phone number that is none is refused with a code of its own', () => {
  const issue = OptionalPhone.safeParse('jane').error?.issues[0]
  expect(issue).toMatchObject({ code: 'custom', params: { code: 'invalid_phone' } })
})

test('the plan without formats says of every number what the whole says', () => {
  const codes = Object.keys(metadata.country_calling_codes)
  const numbers = fc
    .tuple(fc.constantFrom(...codes), fc.array(fc.nat(9), { minLength: 1, maxLength: 16 }))
    .map(([code, digits]) => `+${code}${digits.join('')}`)
  fc.assert(
    fc.property(numbers, (written) => {
      fc.pre(!/^\+(?:521\d{10}|229\d{8})$/.test(written))
      const whole = parseWithFormats(written, { extract: false })
      const { data } = OptionalPhone.safeParse(written)
      expect(data).toBe(whole?.isPossible() ? whole.number : undefined)
    }),
    { numRuns: 20_000 },
  )
})
