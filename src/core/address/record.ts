import { inputsOf } from '#db/field'
import { addressFields } from './field.ts'
import type { AddAddress, UpdateAddress } from './input.ts'
import { samenessOf } from './sameness.ts'
import { findState } from './state.ts'

type Written = keyof ReturnType<typeof inputsOf<typeof addressFields>>

const written = Object.keys(inputsOf(addressFields)) as Written[]

/** What an input says of each field; null for what it does not name. */
export function valuesOf(input: UpdateAddress): { readonly [N in Written]: string | null } {
  const values = written.map((name) => [name, input[name] ?? null])
  return Object.fromEntries(values)
}

/** The fields that an input names. */
export const namedIn = (input: UpdateAddress): readonly Written[] =>
  written.filter((name) => input[name] !== undefined)

/** A new address as it is stored: the state as its code, and the fingerprint. */
export const newAddress = (input: AddAddress) => ({
  ...valuesOf(input),
  line1: input.line1,
  country: input.country,
  state: findState(input.country, input.state ?? '') ?? input.state ?? null,
  sameness: samenessOf(input),
})

/** An address as the functions of guests take it: JSON of the columns. */
export function addressRecord(id: string, input: AddAddress, unproven: boolean): string {
  const { firstName, lastName, postalCode, ...same } = newAddress(input)
  const names = { first_name: firstName, last_name: lastName, postal_code: postalCode }
  return JSON.stringify({ id, ...same, ...names, unproven })
}
