import { type Context, commit, mustHaveScope, type Versioned } from '#core/context'
import { type Customer, toCreatedCustomer } from '#core/customer'
import { newMergeValues } from '#core/merge'
import { Refusal } from '#kernel/error'
import { newId } from '#kernel/id'
import * as query from './generated/query.ts'
import { guestAddressValues, guestValues } from './guest-values.ts'
import type { CreateGuest } from './input.ts'

/**
 * Finds the guest of an e-mail address, or creates it. An existing guest is never changed. An account with the address is another customer. If their merge is due and the store wants merges, a job merges them at once. Concurrent calls create one guest and
 * all answer with it. Refuses `guest_checkout_disabled`.
 */
export async function findOrCreateGuest(
  ctx: Context,
  input: CreateGuest,
): Promise<Versioned<Customer> & { readonly created: boolean }> {
  mustHaveScope(ctx, 'customer:write')
  if (!ctx.settings.allow_guest_checkout) throw new Refusal('guest_checkout_disabled')
  const id = newId('customer', ctx.now)
  const guest = {
    ...guestValues(ctx, id, input),
    ...newMergeValues(ctx),
    unproven: false,
    silent: false,
    currency: ctx.settings.currency,
  }
  const { address } = input
  const call =
    address === undefined
      ? query.findOrCreateGuest(guest)
      : query.findOrCreateGuestWithAddress({ ...guest, ...guestAddressValues(ctx, address) })
  const { answer } = await commit(ctx, { answer: call.asAnswer(id) })
  return toCreatedCustomer(answer[0])
}
