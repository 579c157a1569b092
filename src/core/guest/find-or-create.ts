import { sql } from 'drizzle-orm'
import { insertAddress, settleDefaultAddresses } from '#core/address'
import { type Context, commit, keep, maybe, mayUse, type Versioned } from '#core/context'
import {
  type Customer,
  type CustomerDocument,
  customerDocument,
  emailKey,
  toCustomer,
} from '#core/customer'
import { enqueueMerge } from '#core/merge'
import { emit } from '#core/outbox'
import { Refusal } from '#kernel/error'
import { newId } from '#kernel/id'
import type { CreateGuest } from './input.ts'
import { insertGuest } from './insert.ts'

type Found = { readonly customer: CustomerDocument; readonly created: boolean }

/**
 * The guest of an e-mail address, made when there is none; what exists is never changed, and an account of the address is another
 * customer until the two are merged. However many ask at once, one is made and all get it. What a storefront says of a guest is
 * unproven. Refuses `guest_checkout_disabled`.
 */
export async function findOrCreateGuest(
  ctx: Context,
  input: CreateGuest,
): Promise<Versioned<Customer> & { readonly created: boolean }> {
  const unproven = ctx.actor.type === 'storefront'
  if (!unproven) mayUse(ctx, 'customer:write')
  if (!ctx.settings.allow_guest_checkout) throw new Refusal('guest_checkout_disabled')
  const id = newId('customer', ctx.now)
  const key = emailKey(input.email)
  const guest = sql`(select id from customer where tenant = ${ctx.tenant} and email_key = ${key} and status = 'guest')`
  const { answer } = await commit(ctx, {
    guest: insertGuest(ctx, { id, unproven }, input),
    held: maybe<unknown, 'read'>(sql`select hold_guest(${ctx.tenant}, ${key})`),
    ...firstAddress(ctx, { id, unproven }, input),
    told: emit(ctx, { type: 'customer.created', customerId: id }),
    merge: enqueueMerge(ctx, key),
    answer: keep<Found>(
      sql`json_build_object('customer', ${customerDocument(ctx, guest)}, 'created', ${guest} = ${id})`,
      id,
    ),
  })
  return { ...toCustomer(answer.customer), created: answer.created }
}

function firstAddress(
  ctx: Context,
  { id, unproven }: { readonly id: string; readonly unproven: boolean },
  { address }: CreateGuest,
) {
  if (address === undefined) return {}
  const created = sql`exists (select from customer where tenant = ${ctx.tenant} and id = ${id})`
  const addressId = newId('address', ctx.now)
  return {
    address: insertAddress(
      ctx,
      { id: addressId, customerId: id, unproven, when: created },
      address,
    ),
    defaults: settleDefaultAddresses(ctx, id),
  }
}
