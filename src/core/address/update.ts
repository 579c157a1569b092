import { type Context, commit, mayActFor, type Versioned } from '#core/context'
import { appending } from '#core/outbox'
import { changedParts, newState } from './change.ts'
import * as query from './generated/query.ts'
import { type UpdateAddress, wishOf } from './input.ts'
import { judgeChange } from './judge.ts'
import { addressValues, namedFields } from './record.ts'
import { type Address, toAddress } from './view.ts'

/**
 * Changes what is named and differs; its version and the customer's rise only then. Refuses `customer_not_found`,
 * `customer_merged`, `address_not_found`, `precondition_failed`, `invalid_input` where the country's rules say so, and
 * `address_exists` for what would be the very same as another address of the customer.
 */
export async function updateAddress(
  ctx: Context,
  customerId: string,
  id: string,
  input: UpdateAddress,
): Promise<Versioned<Address>> {
  mayActFor(ctx, customerId)
  const values = addressValues(input)
  const call = query.updateAddress({
    ...appending(ctx),
    ...values,
    ...wishOf(id, input),
    id,
    customerId,
    read: ctx.ifMatch,
    named: namedFields(input),
    line1: values.line1 ?? '',
    country: values.country ?? '',
    state: newState(input),
    sameness: changedParts(input),
    judgements: judgeChange(input),
  })
  const { answer } = await commit(ctx, { answer: call.asAnswer(customerId) })
  return toAddress(answer[0])
}
