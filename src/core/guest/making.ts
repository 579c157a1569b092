import { newAddress } from '#core/address'
import type { Context } from '#core/context'
import { keysOf } from '#core/customer'
import { appending } from '#core/outbox'
import { prefixed } from '#db/prefix'
import { newId } from '#kernel/id'
import type { CreateGuest } from './input.ts'

/** The parameters of a use case that may make a guest with this id. */
export function makingGuest(ctx: Context, id: string, input: CreateGuest) {
  const { email, firstName = null, lastName = null, phone = null, locale = null } = input
  return { ...appending(ctx), ...keysOf(input), id, email, firstName, lastName, phone, locale }
}

/** Those of its first address. */
export const makingAddress = (ctx: Context, address: NonNullable<CreateGuest['address']>) =>
  prefixed('address', { id: newId('address', ctx.now), ...newAddress(address) })
