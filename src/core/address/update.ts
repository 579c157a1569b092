import {
  acceptedVersions,
  type Context,
  commit,
  mustMatchShopper,
  type Versioned,
} from '#core/context'
import { newEventValues } from '#core/outbox'
import { addressValues, namedFields } from './address-values.ts'
import { problemsOfChange } from './change-problems.ts'
import { countryIndependentFindKeys } from './find-keys.ts'
import * as query from './generated/query.ts'
import { refuseImportByPerson, type UpdateAddress, wishedDefaultIds } from './input.ts'
import {
  postalCodeOfUpdate,
  postalKeysOfUpdate,
  samenessPartsOfUpdate,
  stateOfUpdate,
} from './update-values.ts'
import { type Address, toAddressOrRefuse } from './view.ts'

/**
 * Changes the named fields that differ. The versions of the address and of the customer rise only if a field differs. Refuses
 * `customer_not_found`, `customer_merged`, `address_not_found`, `precondition_failed`, `invalid_input` by the rules of the country,
 * `address_exists` if the customer has another address that would be the same, and `caller_not_allowed` for an imported address of a shopper.
 */
export async function updateAddress(
  ctx: Context,
  customerId: string,
  id: string,
  input: UpdateAddress,
): Promise<Versioned<Address>> {
  mustMatchShopper(ctx, customerId)
  refuseImportByPerson(ctx, input)
  const values = addressValues(input)
  const call = query.updateAddress({
    ...newEventValues(ctx),
    ...values,
    ...wishedDefaultIds(id, input),
    id,
    customerId,
    accepted: acceptedVersions(ctx),
    named: namedFields(input),
    line1: values.line1 ?? '',
    country: values.country ?? '',
    state: stateOfUpdate(input),
    postalCode: postalCodeOfUpdate(input),
    sameness: samenessPartsOfUpdate(input),
    keys: countryIndependentFindKeys(input),
    postalKeys: postalKeysOfUpdate(input),
    possibleProblems: input.imported ? [] : problemsOfChange(input),
  })
  const { answer } = await commit(ctx, { answer: call.asAnswer(customerId) })
  return toAddressOrRefuse(answer[0])
}
