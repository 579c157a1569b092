import { createHash } from 'node:crypto'
import { foldDigits } from '#kernel/digit'
import { postalKey } from './postal-code.ts'
import { findState } from './state.ts'

const SEPARATORS = /[\s\p{P}\p{S}]+/gu

/** The fields that are compared, in the order of the fingerprint's parts. */
export const comparedFields = [
  'country',
  'state',
  'postalCode',
  'firstName',
  'lastName',
  'company',
  'line1',
  'line2',
  'city',
  'phone',
] as const
export type ComparedField = (typeof comparedFields)[number]

/** Characters of base64url: 48 bits for each field, so that two addresses of one customer never collide by chance. */
export const SAMENESS_PART_LENGTH = 8

type ComparedAddress = { readonly country: string } & {
  readonly [field in Exclude<ComparedField, 'country'>]?: string | null | undefined
}

/**
 * A fingerprint that two addresses share when they are the same to a postman. It ignores case, width, spaces,
 * punctuation, the script of digits, the form of the postal code, and whether a state is a name or a code. Everything that a parcel
 * needs counts, including the recipient's name and phone, so that dropping a twin loses nothing. The label does
 * not count. Each field has its own part, for a change of one field does not know the others. The fingerprint is
 * personal data, as the address is.
 */
export const samenessOf = (address: ComparedAddress): string =>
  comparedFields.map((field) => samenessPart(compared(field, address))).join('')

/** One field's part of the fingerprint. */
export const samenessPart = (text: string): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, SAMENESS_PART_LENGTH)

/** The position at which the part of a field begins; SQL counts from 1. */
export const samenessPosition = (field: ComparedField): number =>
  1 + comparedFields.indexOf(field) * SAMENESS_PART_LENGTH

/** The text of a field that is compared; state and postal code depend on the country. */
export function compared(field: ComparedField, address: ComparedAddress): string {
  const { country, state, postalCode } = address
  if (field === 'country') return country
  if (field === 'state') return findState(country, state ?? '') ?? plain(state)
  if (field !== 'postalCode') return plain(address[field])
  const key = postalKey(country, postalCode ?? '')
  // The four digits after an American code narrow down what the street already says.
  return country === 'US' ? key.slice(0, 5) : key
}

// A space stays where punctuation was: 1/23 is not 12/3.
function plain(text: string | null | undefined): string {
  return foldDigits(text ?? '')
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKC')
    .replace(SEPARATORS, ' ')
    .trim()
}
