import { mayImport } from '#core/address'
import { type Context, commit } from '#core/context'
import { countMade, noteMade, withinBounds } from '#core/limit'
import { Refusal } from '#kernel/error'
import { newId } from '#kernel/id'
import * as query from './generated/query.ts'
import type { CreateGuest } from './input.ts'
import { makingAddress, makingGuest } from './making.ts'

/**
 * A stranger checks out in a storefront: makes the guest of an e-mail address, unless it has one. What it says is unproven. Answer,
 * statements and rows are the same for an address that has a guest. A merge that is due is left to the sweep, for it would show who has
 * an account. Refuses `guest_checkout_disabled`, `too_many_requests` if its place has made too much, and `caller_not_allowed` for an
 * imported address.
 */
export async function checkOutGuest(ctx: Context, input: CreateGuest): Promise<void> {
  if (ctx.actor.type !== 'storefront') throw new Refusal('caller_not_allowed')
  const { address } = input
  if (address) mayImport(ctx, address, 'address.imported')
  if (!ctx.settings.allow_guest_checkout) throw new Refusal('guest_checkout_disabled')
  const guest = {
    ...makingGuest(ctx, newId('customer', ctx.now), input),
    silent: !ctx.settings.announce_unproven_guests,
  }
  const call =
    address === undefined
      ? query.checkOutGuest(guest)
      : query.checkOutGuestWithAddress({ ...guest, ...makingAddress(ctx, address) })
  const { made } = await withinBounds(
    commit(ctx, { made: countMade(ctx), answer: call.asAnswer(null) }),
  )
  noteMade(ctx, made)
}
