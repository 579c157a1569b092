import { isPlausiblePostalCode } from './postal-code.ts'
import { addressRuleOfCountry, type RuleField } from './read-country-tables.ts'
import { isAllowedState } from './state.ts'

export type AddressProblem = {
  readonly path: RuleField
  readonly code: 'required' | 'invalid_state' | 'invalid_postal_code'
  /** A fixed sentence. */
  readonly message: string
}

type CheckedAddress = { readonly country: string } & {
  readonly [field in RuleField]?: string | null | undefined
}

/**
 * The problems of an address by the rules of its country (libaddressinput's): a required field is missing,
 * the postal code has another form, or there is no such state (AU, CA and US only).
 * Case, spaces and hyphens do not count. An address in a country without rules has no problems.
 */
export function addressProblems(address: CheckedAddress): AddressProblem[] {
  const { country, state, postalCode } = address
  const required = addressRuleOfCountry(country)?.required ?? []
  const problems: AddressProblem[] = required
    .filter((field) => !address[field]?.trim())
    .map((path) => ({ path, code: 'required', message: 'Is required in this country.' }))
  if (state?.trim() && !isAllowedState(country, state)) {
    problems.push({
      path: 'state',
      code: 'invalid_state',
      message: 'Must be the code or the name of a state of this country.',
    })
  }
  if (postalCode?.trim() && !isPlausiblePostalCode(country, postalCode)) {
    problems.push({
      path: 'postalCode',
      code: 'invalid_postal_code',
      message: 'Must be a postal code of this country.',
    })
  }
  return problems
}
