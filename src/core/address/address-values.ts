import { fieldsInInput, inputValues } from '#db/input-fields'
import { addressFields } from './field-list.ts'
import { addressFindKeys } from './find-keys.ts'
import type { AddAddress, UpdateAddress } from './input.ts'
import { formatPostalCode } from './postal-code.ts'
import { samenessOf } from './sameness.ts'
import { findStateCode } from './state.ts'

/** The value of each field in the input; null where the input does not name it. */
export const addressValues = (input: UpdateAddress) => inputValues(addressFields, input)

/** The fields that an input names. */
export const namedFields = (input: UpdateAddress) => fieldsInInput(addressFields, input)

/** The stored values of a new address: the state as its code, the postal code as its country writes it, the fingerprint and the keys. */
export const newAddressValues = (input: AddAddress) => ({
  ...addressValues(input),
  line1: input.line1,
  country: input.country,
  state: findStateCode(input.country, input.state ?? '') ?? input.state ?? null,
  postalCode: input.postalCode ? formatPostalCode(input.country, input.postalCode) : null,
  sameness: samenessOf(input),
  keys: addressFindKeys(input),
})
