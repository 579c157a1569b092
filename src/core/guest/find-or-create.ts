import { type Context, commit, mayUse, type Versioned } from '#core/context'
import { type Customer, toCreated } from '#core/customer'
import { merging } from '#core/merge'
import { Refusal } from '#kernel/error'
import { newId } from '#kernel/id'
import * as query from './generated/query.ts'
import type { CreateGuest } from './input.ts'
import { makingAddress, makingGuest } from './making.ts'

/**
 * Finds the guest of an e-mail address, or creates it. An existing guest is never changed. An account with the address is another
 * customer until the two are merged; if that is due, and the store wants it, a job does it at once. Concurrent calls create one guest and
 * all answer with it. Refuses `guest_checkout_disabled`.
 */
export async function findOrCreateGuest(
  ctx: Context,
  input: CreateGuest,
): Promise<Versioned<Customer> & { readonly created: boolean }> {
  mayUse(ctx, 'customer:write')
  if (!ctx.settings.allow_guest_checkout) throw new Refusal('guest_checkout_disabled')
  const id = newId('customer', ctx.now)
  const guest = {
    ...makingGuest(ctx, id, input),
    ...merging(ctx),
    unproven: false,
    silent: false,
    currency: ctx.settings.currency,
  }
  const { address } = input
  const call =
    address === undefined
      ? query.findOrCreateGuest(guest)
      : query.findOrCreateGuestWithAddress({ ...guest, ...makingAddress(ctx, address) })
  const { answer } = await commit(ctx, { answer: call.asAnswer(id) })
  return toCreated(answer[0])
}
