import { createHash } from 'node:crypto'
import { postalKey } from './postal-code.ts'
import { findState } from './state.ts'

const SEPARATORS = /[\s\p{P}\p{S}]+/gu

/** What counts, in the order of the fingerprint's parts. */
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

/** Characters of base64url: 48 bits for each field, so that two addresses of one customer never meet by chance. */
export const SAMENESS_PART_LENGTH = 8

type ComparedAddress = { readonly country: string } & {
  readonly [field in Exclude<ComparedField, 'country'>]?: string | null | undefined
}

/**
 * A fingerprint that two addresses share when they are the same to a postman: it does not see case, width,
 * spaces, punctuation, the form of the postal code or a state's name for its code. Everything that a parcel
 * needs counts, with the recipient's name and phone, so that nothing is lost where a twin is not kept; the
 * label does not count. Each field has its part, for a change of one field knows nothing of the others. It is
 * personal data as much as the address.
 */
export const samenessOf = (address: ComparedAddress): string =>
  comparedFields.map((field) => samenessPart(compared(field, address))).join('')

/** One field's part of the fingerprint. */
export const samenessPart = (text: string): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, SAMENESS_PART_LENGTH)

/** Where the part of a field begins; the first is 1, as SQL counts. */
export const samenessPosition = (field: ComparedField): number =>
  1 + comparedFields.indexOf(field) * SAMENESS_PART_LENGTH

/** A field as it is compared; state and postal code depend on the country. */
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
  return (text ?? '')
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKC')
    .replace(SEPARATORS, ' ')
    .trim()
}
