import { Country, plainPostalKey } from '#core/address'
import { phoneEnding } from '#kernel/phone'
import { cleanTextSchema } from '#kernel/text'

/** With fewer digits, too many phones would match. */
export const LEAST_PHONE_DIGITS = 4

/** The filters by addresses. A customer matches a filter if any of its addresses does. */
export const addressFilters = {
  phone: cleanTextSchema(60)
    .refine((text) => phoneEnding(text).length >= LEAST_PHONE_DIGITS, {
      error: `Must have at least ${LEAST_PHONE_DIGITS} digits.`,
      params: { code: 'too_small' },
    })
    .meta({
      description:
        "The customer's own phone or one of its addresses, in any spelling. Without the country code it has only digits, and matches as an ending of at least four digits. If there are more than six, one leading 0 is dropped",
      examples: ['+49 30 1234567', '030 1234567', '4567'],
    }),
  country: Country.meta({ description: 'The country of any address (ISO 3166-1 alpha-2)' }),
  city: cleanTextSchema(100).meta({
    description:
      'The city of any address or its beginning, without regard to case, accents, punctuation and blanks: `St. Gallen` is also `sankt gallen`',
    examples: ['San Francisco'],
  }),
  postalCode: cleanTextSchema(20)
    .refine((code) => plainPostalKey(code) !== '', {
      error: 'Must have a letter or a digit.',
      params: { code: 'too_small' },
    })
    .meta({
      description:
        'The postal code of any address or its beginning, without regard to case, spaces and hyphens: `SW1A` is also `SW1A 1AA`. A whole code may have the letters of its country: `D-10115`; a long one also finds the short one: `94102-1234`',
      examples: ['94102'],
    }),
  street: cleanTextSchema(200).meta({
    description:
      'Words that all begin words of the two lines of one address, in any order, joined or not, in full or short; a house number is a word: `hauptstr 5` is also `Haupt-Straße 5`',
    examples: ['123 Main'],
  }),
  company: cleanTextSchema(200).meta({
    description:
      'Words that all begin words of the company of one address, in any order, joined or not: `e.on` is also `eon`',
  }),
} as const
