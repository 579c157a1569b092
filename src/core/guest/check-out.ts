import { refuseImportByPerson } from '#core/address'
import { type Context, commit } from '#core/context'
import {
  explainUnprovenLimitRefusal,
  noteRemainingUnprovenCreations,
  spendUnprovenQuota,
} from '#core/limit'
import { Refusal } from '#kernel/error'
import { newId } from '#kernel/id'
import * as query from './generated/query.ts'
import { guestAddressValues, guestValues } from './guest-values.ts'
import type { CreateGuest } from './input.ts'

/**
 * A stranger checks out in a storefront: makes the guest of an e-mail address, unless it has one. Nothing in the input is proven. If the address has a guest already, the answer, the statements and the number of rows are the same. A due merge is left to the cron. Merging here would show which addresses have an account. Refuses `guest_checkout_disabled`, `too_many_requests` beyond the bound of the caller's place, and `caller_not_allowed` for an imported address.
 */
export async function checkOutGuest(ctx: Context, input: CreateGuest): Promise<void> {
  if (ctx.actor.type !== 'storefront') throw new Refusal('caller_not_allowed')
  const { address } = input
  if (address) refuseImportByPerson(ctx, address, 'address.imported')
  if (!ctx.settings.allow_guest_checkout) throw new Refusal('guest_checkout_disabled')
  const guest = {
    ...guestValues(ctx, newId('customer', ctx.now), input),
    silent: !ctx.settings.announce_unproven_guests,
  }
  const call =
    address === undefined
      ? query.checkOutGuest(guest)
      : query.checkOutGuestWithAddress({ ...guest, ...guestAddressValues(ctx, address) })
  const { made } = await explainUnprovenLimitRefusal(
    commit(ctx, { made: spendUnprovenQuota(ctx), answer: call.asAnswer(null) }),
  )
  noteRemainingUnprovenCreations(ctx, made)
}
