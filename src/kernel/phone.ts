import parsePhoneNumber, { type MetadataJson } from 'libphonenumber-js/core'
import * as z from 'zod'
import { foldDigits } from './digit.ts'
import { phonePlan } from './phone-plan.ts'

const MAX_LENGTH = 40
const INTERNATIONAL = /^\+[0-9][0-9 ()./-]*$/
const DASHES_AND_SPACES = /[\s\u2010-\u2015\u2212]+/g
const DIRECTION_MARKS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/**
 * A phone number in international form, stored as E.164 ("+1 415 555 1234" → "+14155551234").
 * It must be possible (a known country code and a length in use there), not assigned: numbering
 * plans change faster than a bundle, and a new prefix must not bar a customer.
 */
export const Phone = z
  .string({ error: 'Must be text.' })
  .overwrite(plainSpelling)
  .refine((written) => INTERNATIONAL.test(written), {
    error: 'Must be a phone number that starts with + and the country code.',
    params: { code: 'invalid_phone' },
    abort: true,
  })
  .refine((written) => findE164(written) !== null, {
    error: 'Must be a possible phone number.',
    params: { code: 'invalid_phone' },
    abort: true,
  })
  .overwrite((written) => findE164(written) ?? written)
  .meta({
    pattern: INTERNATIONAL.source,
    maxLength: MAX_LENGTH,
    description: 'E.164',
    examples: ['+14155551234'],
  })
export type Phone = z.output<typeof Phone>

// Contact apps put direction marks around a number and typeset its dashes.
function plainSpelling(written: string): string {
  return foldDigits(written.normalize('NFKC'))
    .replace(DIRECTION_MARKS, '')
    .replace(DASHES_AND_SPACES, ' ')
    .trim()
}

let plan: MetadataJson | undefined

function findE164(written: string): string | null {
  if (written.length > MAX_LENGTH) return null
  plan ??= JSON.parse(phonePlan) as MetadataJson
  const phone = parsePhoneNumber(written, { extract: false }, plan)
  return phone?.isPossible() ? phone.number : null
}
