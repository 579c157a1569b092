import { postalFindKeys } from './find-keys.ts'
import type { UpdateAddress } from './input.ts'
import { formatPostalCode } from './postal-code.ts'
import {
  type ComparedField,
  comparedFields,
  comparedText,
  hashSamenessPart,
  makeComparedStateFinder,
} from './sameness.ts'
import { findStateCode } from './state.ts'
import { type ByCountry, valuesByCountry } from './values-by-country.ts'

/** The same in every country. */
const everywhere = <T>(usual: T): ByCountry<T> => ({ usual, special: {} })

/** The state that an update names, as its code where the country has one. */
export const stateOfUpdate = ({ country, state }: UpdateAddress) =>
  inCountry(country, state, (of, written) => findStateCode(of, written) ?? written)

/** The postal code that an update names, as the country writes it. */
export const postalCodeOfUpdate = ({ country, postalCode }: UpdateAddress) =>
  inCountry(country, postalCode, formatPostalCode)

/** The keys of the postal code that an update names. */
export const postalKeysOfUpdate = ({ country, postalCode }: UpdateAddress) =>
  inCountry(country, postalCode, postalFindKeys)

function inCountry(
  country: string | undefined,
  written: string | null | undefined,
  write: (country: string, written: string) => string,
): ByCountry<string | null> {
  if (!written) return everywhere(null)
  const writeIn = (of: string) => write(of, written)
  return country === undefined ? valuesByCountry(writeIn) : everywhere(writeIn(country))
}

export type SamenessParts = { readonly [field in ComparedField]?: ByCountry<string> } & {
  /** The part of a field without a value. */
  readonly nothing: string
}

/** The parts of the fingerprint of the fields that an update names. */
export function samenessPartsOfUpdate(input: UpdateAddress): SamenessParts {
  const named = comparedFields.filter((field) => input[field] !== undefined)
  const parts = named.map((field) => [field, partOf(input, field)])
  return { ...Object.fromEntries(parts), nothing: hashSamenessPart('') }
}

function partOf(input: UpdateAddress, field: ComparedField): ByCountry<string> {
  const { country } = input
  const textIn =
    field === 'state'
      ? makeComparedStateFinder(input.state)
      : (of: string) => comparedText(field, { ...input, country: of })
  return country === undefined
    ? valuesByCountry(textIn, hashSamenessPart)
    : everywhere(hashSamenessPart(textIn(country)))
}
