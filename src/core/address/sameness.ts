import { createHash } from 'node:crypto'
import { postalKey } from './postal-code.ts'
import { findState } from './state.ts'

const SEPARATORS = /[\s\p{P}\p{S}]+/gu
/** Characters of base64url: 132 bits, so that two addresses never meet by chance. */
const LENGTH = 22

const texts = ['firstName', 'lastName', 'company', 'line1', 'line2', 'city', 'phone'] as const

export type ComparedAddress = { readonly country: string } & {
  readonly [field in (typeof texts)[number] | 'state' | 'postalCode']?: string | null | undefined
}

/**
 * A fingerprint that two addresses share when they are the same to a postman: it does not see case, width,
 * spaces, punctuation, the form of the postal code or a state's name for its code. Everything that a parcel
 * needs counts, with the recipient's name and phone, so that nothing is lost where a twin is not kept; the
 * label does not count. It is personal data as much as the address.
 */
export function samenessOf(address: ComparedAddress): string {
  const parts = [
    address.country,
    stateOf(address),
    postalCodeOf(address),
    ...texts.map((field) => compared(address[field])),
  ]
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, LENGTH)
}

// A space stays where punctuation was: 1/23 is not 12/3.
function compared(text: string | null | undefined): string {
  return (text ?? '')
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKC')
    .replace(SEPARATORS, ' ')
    .trim()
}

function stateOf({ country, state }: ComparedAddress): string {
  return findState(country, state ?? '') ?? compared(state)
}

// The four digits after an American code narrow down what the street already says.
function postalCodeOf({ country, postalCode }: ComparedAddress): string {
  const key = postalKey(country, postalCode ?? '')
  return country === 'US' ? key.slice(0, 5) : key
}
