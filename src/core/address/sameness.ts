import { createHash } from 'node:crypto'
import type { InputName } from '#db/field'
import { foldText } from '#kernel/fold-text'
import type { addressFields } from './field-list.ts'
import { postalKey } from './postal-code.ts'
import { makeStateCodeFinder } from './state.ts'

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

/** A parcel arrives without it, so it is not compared. */
type OtherField = 'label'
type Decided<F extends ComparedField | OtherField> = F
/** A field of the list that is neither compared nor named as another does not compile. */
type Field = Decided<InputName<typeof addressFields>>

/** Characters of base64url: 48 bits for each field, so that two addresses of one customer never collide by chance. */
export const SAMENESS_PART_LENGTH = 8

type ComparedAddress = { readonly country: string } & {
  readonly [field in Exclude<Field, 'country'>]?: string | null | undefined
}

/**
 * A fingerprint that two addresses share when they are the same to a postman. It ignores case, accents, width, spaces,
 * punctuation, the script of digits, the form of the postal code, and whether a state is a name or a code. It includes everything that a delivery needs, such as the recipient's name and phone. So no information is lost if a duplicate is dropped. The label does
 * not count. Each field has its own part, for a change of one field does not know the others. The fingerprint is
 * personal data, as the address is.
 */
export const samenessOf = (address: ComparedAddress): string =>
  comparedFields.map((field) => hashSamenessPart(comparedText(field, address))).join('')

/** One field's part of the fingerprint. */
export const hashSamenessPart = (text: string): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, SAMENESS_PART_LENGTH)

/** The position at which the part of a field begins; SQL counts from 1. */
export const samenessPartPosition = (field: ComparedField): number =>
  1 + comparedFields.indexOf(field) * SAMENESS_PART_LENGTH

/** The text of a field that is compared; state and postal code depend on the country. */
export function comparedText(field: ComparedField, address: ComparedAddress): string {
  const { country, state, postalCode } = address
  if (field === 'country') return country
  if (field === 'state') return makeComparedStateFinder(state)(country)
  if (field !== 'postalCode') return plain(address[field])
  const key = postalKey(country, postalCode ?? '')
  // The four digits after an American code narrow down what the street already says.
  return country === 'US' ? key.slice(0, 5) : key
}

/** Halves, raised and circled digits are numbers of their own: 12½ is not 121/2, and 5² is not 52. */
const OTHER_NUMBERS = /\p{No}+/gu
const INVISIBLE = /\p{Cf}/gu
/** A basement: floor -1 is not floor 1. */
const MINUS = /(?<=^|\s)[-\u2212](?=\p{Nd})/gu
const SEPARATORS = /[\s\p{P}\p{S}]+/gu
const BLANKS = /(?<!\d) | (?!\d)/g

/** The text of a state that is compared, in each country. */
export function makeComparedStateFinder(
  state: string | null | undefined,
): (country: string) => string {
  const [codeIn, text] = [makeStateCodeFinder(state ?? ''), plain(state)]
  return (country) => codeIn(country) ?? text
}

/**
 * The text without case, accents and punctuation. Capitals lose accents, apostrophes become blanks or go, and compounds are parted, so a
 * blank counts only between two numbers: "l'Étoile", "L ETOILE" and "LETOILE" are one, and 1/23 is not 12/3.
 */
function plain(text: string | null | undefined): string {
  const words = (text ?? '')
    .replace(INVISIBLE, '')
    .replace(OTHER_NUMBERS, ' $& ')
    .replace(MINUS, ' minus ')
  return foldText(words.toUpperCase()).replace(SEPARATORS, ' ').trim().replace(BLANKS, '')
}
