import { newAddressValues } from '#core/address'
import type { Context } from '#core/context'
import { emailAndNameKeys } from '#core/customer'
import { newEventValues } from '#core/outbox'
import { inputValues } from '#db/input-fields'
import { fieldsWithPrefix } from '#db/prefixed-fields'
import { newId } from '#kernel/id'
import { guestFields } from './field-list.ts'
import type { CreateGuest } from './input.ts'

/** The parameters of a use case that may make a guest with this id. */
export function guestValues(ctx: Context, id: string, input: CreateGuest) {
  return {
    ...newEventValues(ctx),
    ...inputValues(guestFields, input),
    ...emailAndNameKeys(input),
    id,
  }
}

/** The parameters of the guest's first address. */
export const guestAddressValues = (ctx: Context, address: NonNullable<CreateGuest['address']>) =>
  fieldsWithPrefix('address', { id: newId('address', ctx.now), ...newAddressValues(address) })
