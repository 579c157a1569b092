import { newAddress } from '#core/address'
import type { Context } from '#core/context'
import { keysOf } from '#core/customer'
import { merging } from '#core/merge'
import { appending } from '#core/outbox'
import { prefixed } from '#db/prefix'
import { newId } from '#kernel/id'
import * as query from './generated/query.ts'
import type { CreateGuest } from './input.ts'

/**
 * Creates a guest with a first address, unless the e-mail address has a guest. If the guest is due to be merged into the account of
 * the e-mail address, and the store wants that, a job does it at once.
 */
export function insertGuest(
  ctx: Context,
  { id, unproven }: { readonly id: string; readonly unproven: boolean },
  input: CreateGuest,
) {
  const { email, firstName = null, lastName = null, phone = null, locale = null, address } = input
  const guest = {
    ...appending(ctx),
    ...merging(ctx),
    ...keysOf(input),
    id,
    email,
    firstName,
    lastName,
    phone,
    locale,
    unproven,
    silent: unproven && !ctx.settings.announce_unproven_guests,
    currency: ctx.settings.currency,
  }
  if (address === undefined) return query.findOrCreateGuest(guest)
  const first = { id: newId('address', ctx.now), ...newAddress(address) }
  return query.findOrCreateGuestWithAddress({ ...guest, ...prefixed('address', first) })
}
