import {
  acceptedVersions,
  type Context,
  commit,
  mustMatchShopper,
  type Versioned,
} from '#core/context'
import { newEventValues } from '#core/outbox'
import { newId } from '#kernel/id'
import { newAddressValues } from './address-values.ts'
import * as query from './generated/query.ts'
import { type AddAddress, refuseImportByPerson, wishedDefaultIds } from './input.ts'
import { type Address, toAddressOrRefuse } from './view.ts'

/**
 * Adds an address to a customer's book. It becomes a default if it is the first or asks to be one. The same address is not stored
 * twice: the answer is the stored address as it is, even when the book is full. Refuses `customer_not_found`, `customer_merged`,
 * `precondition_failed`, `address_limit_reached`, and `caller_not_allowed` for an imported address of a shopper.
 */
export async function addAddress(
  ctx: Context,
  customerId: string,
  input: AddAddress,
): Promise<Versioned<Address> & { readonly created: boolean }> {
  mustMatchShopper(ctx, customerId)
  refuseImportByPerson(ctx, input)
  const id = newId('address', ctx.now)
  const call = query.addAddress({
    ...newEventValues(ctx),
    ...newAddressValues(input),
    ...wishedDefaultIds(id, input),
    id,
    customerId,
    limit: ctx.settings.max_addresses,
    accepted: acceptedVersions(ctx),
  })
  const { answer } = await commit(ctx, { answer: call.asAnswer(customerId) })
  const [row] = answer
  return { ...toAddressOrRefuse(row), created: row?.created ?? false }
}
