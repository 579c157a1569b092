import parsePhoneNumber, { type MetadataJson } from 'libphonenumber-js/core'
import * as z from 'zod'
import { phonePlan } from './phone-plan.ts'
import {
  hasExtension,
  isInternationalPhone,
  normalizePhoneSpelling,
  withoutExtension,
} from './phone-spelling.ts'

const MAX_LENGTH = 60
const params = { code: 'invalid_phone' }

/**
 * A phone number in international form, stored as E.164 ("+1 415 555 1234" → "+14155551234"). Empty text is null.
 * It must be possible (a known country code and a length in use there), not assigned: numbering
 * plans change faster than a bundle, and a new prefix must not bar a customer.
 */
export const OptionalPhone = z
  .string({ error: 'Must be text.' })
  .overwrite(normalizePhoneSpelling)
  .refine((spelt) => !hasExtension(spelt), {
    error: 'Must be a phone number without an extension: extensions are not kept.',
    params,
    abort: true,
  })
  .refine((spelt) => spelt === '' || isInternationalPhone(spelt), {
    error: 'Must be a phone number that starts with + and the country code.',
    params,
    abort: true,
  })
  .refine((spelt) => spelt === '' || findE164(spelt) !== null, {
    error: 'Must be a possible phone number.',
    params,
    abort: true,
  })
  .overwrite((spelt) => findE164(spelt) ?? spelt)
  .meta({
    maxLength: MAX_LENGTH,
    description:
      'A number with + (or 00) and the country code, with any spacing. It is stored as E.164. A number with an extension is refused',
    examples: ['+14155551234'],
  })
  .nullable()
  .transform((phone) => phone || null)

/** A zero that is dialled within the country only, in most countries: +44 (0)20. Italians dial theirs from abroad too. */
const TRUNK_ZERO = /\(0\)/

/** Numbers that many people still have in an older form: their country's plan has changed since. */
const CHANGED: readonly (readonly [old: RegExp, now: string])[] = [
  // Mexico's 1 before a mobile number ended in 2019.
  [/^\+521(?=\d{10}$)/, '+52'],
  // Benin put 01 before every number in 2024.
  [/^\+229(?=\d{8}$)/, '+22901'],
]

const NOT_DIGITS = /[^0-9]+/g
const BEFORE_NUMBER = /^[^+0-9(]+/
/** Up to this length, digits are the end of a number, so a leading zero is kept. */
const LONGEST_ENDING = 6

/**
 * The last digits of a phone number as a person writes it, with or without the country code: "+49 (0)30 1234567",
 * "0049 30/1234567", "030-1234567", "4567". The zero before a national number is dialled within the country only.
 */
export function phoneEnding(written: string): string {
  const spelt = withoutExtension(
    normalizePhoneSpelling(normalizePhoneSpelling(written).replace(BEFORE_NUMBER, '')),
  )
  if (spelt.startsWith('+')) {
    return (findE164(spelt) ?? spelt.replace(TRUNK_ZERO, '')).replace(NOT_DIGITS, '')
  }
  const digits = spelt.replace(NOT_DIGITS, '')
  return digits.length > LONGEST_ENDING ? digits.replace(/^0/, '') : digits
}

let plan: MetadataJson | undefined

/** The number as E.164: the first reading that is in use, else the first that is possible. */
function findE164(spelt: string): string | null {
  if (spelt.length > MAX_LENGTH) return null
  const readings = [...new Set([spelt, spelt.replace(TRUNK_ZERO, '')])].map(read)
  const possible = readings.filter((phone) => phone?.isPossible())
  return (possible.find((phone) => phone?.isValid()) ?? possible[0])?.number ?? null
}

function read(spelt: string) {
  plan ??= JSON.parse(phonePlan) as MetadataJson
  const digits = CHANGED.reduce(
    (number, [old, now]) => number.replace(old, now),
    spelt.replace(/[ ()]/g, ''),
  )
  return parsePhoneNumber(digits, { extract: false }, plan)
}
