import { type ByCountry, byCountry } from './by-country.ts'
import { postalKeys } from './find-key.ts'
import type { UpdateAddress } from './input.ts'
import { writePostalCode } from './postal-code.ts'
import {
  type ComparedField,
  compared,
  comparedFields,
  comparedState,
  samenessPart,
} from './sameness.ts'
import { findState } from './state.ts'

/** The same in every country. */
const everywhere = <T>(usual: T): ByCountry<T> => ({ usual, special: {} })

/** The state that an update names, as its code where the country has one. */
export const newState = ({ country, state }: UpdateAddress) =>
  inCountry(country, state, (of, written) => findState(of, written) ?? written)

/** The postal code that an update names, as the country writes it. */
export const newPostalCode = ({ country, postalCode }: UpdateAddress) =>
  inCountry(country, postalCode, writePostalCode)

/** The keys of the postal code that an update names. */
export const changedPostalKeys = ({ country, postalCode }: UpdateAddress) =>
  inCountry(country, postalCode, postalKeys)

function inCountry(
  country: string | undefined,
  written: string | null | undefined,
  write: (country: string, written: string) => string,
): ByCountry<string | null> {
  if (!written) return everywhere(null)
  const writeIn = (of: string) => write(of, written)
  return country === undefined ? byCountry(writeIn) : everywhere(writeIn(country))
}

export type SamenessParts = { readonly [field in ComparedField]?: ByCountry<string> } & {
  /** The part of a field without a value. */
  readonly nothing: string
}

/** The parts of the fingerprint of the fields that an update names. */
export function changedParts(input: UpdateAddress): SamenessParts {
  const named = comparedFields.filter((field) => input[field] !== undefined)
  const parts = named.map((field) => [field, partOf(input, field)])
  return { ...Object.fromEntries(parts), nothing: samenessPart('') }
}

function partOf(input: UpdateAddress, field: ComparedField): ByCountry<string> {
  const { country } = input
  const textIn =
    field === 'state'
      ? comparedState(input.state)
      : (of: string) => compared(field, { ...input, country: of })
  return country === undefined
    ? byCountry(textIn, samenessPart)
    : everywhere(samenessPart(textIn(country)))
}
