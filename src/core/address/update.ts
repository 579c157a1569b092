import { type Context, commit, mayActFor, type Versioned, versionsOf } from '#core/context'
import { appending } from '#core/outbox'
import { changedParts, changedPostalKeys, newPostalCode, newState } from './change.ts'
import { problemsOfChange } from './change-problems.ts'
import { textKeys } from './find-key.ts'
import * as query from './generated/query.ts'
import { mayImport, type UpdateAddress, wishOf } from './input.ts'
import { addressValues, namedFields } from './record.ts'
import { type Address, toAddress } from './view.ts'

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
  mayActFor(ctx, customerId)
  mayImport(ctx, input)
  const values = addressValues(input)
  const call = query.updateAddress({
    ...appending(ctx),
    ...values,
    ...wishOf(id, input),
    id,
    customerId,
    accepted: versionsOf(ctx),
    named: namedFields(input),
    line1: values.line1 ?? '',
    country: values.country ?? '',
    state: newState(input),
    postalCode: newPostalCode(input),
    sameness: changedParts(input),
    keys: textKeys(input),
    postalKeys: changedPostalKeys(input),
    possibleProblems: input.imported ? [] : problemsOfChange(input),
  })
  const { answer } = await commit(ctx, { answer: call.asAnswer(customerId) })
  return toAddress(answer[0])
}
