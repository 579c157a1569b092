import { mayImport } from '#core/address'
import { type Context, commit, mayUse, type Versioned } from '#core/context'
import { type Customer, toCreated } from '#core/customer'
import { countMade, withinBounds } from '#core/limit'
import { Refusal } from '#kernel/error'
import { newId } from '#kernel/id'
import type { CreateGuest } from './input.ts'
import { insertGuest } from './insert.ts'

/**
 * Finds the guest of an e-mail address, or creates it. An existing guest is never changed. An account with the address is another
 * customer until the two are merged. Concurrent calls create one guest and all answer with it. Data from a storefront is unproven.
 * Refuses `guest_checkout_disabled`, `too_many_requests` for a storefront whose place has made too many, and `caller_not_allowed` for an imported address of a storefront.
 */
export async function findOrCreateGuest(
  ctx: Context,
  input: CreateGuest,
): Promise<Versioned<Customer> & { readonly created: boolean }> {
  const unproven = ctx.actor.type === 'storefront'
  if (!unproven) mayUse(ctx, 'customer:write')
  if (input.address) mayImport(ctx, input.address)
  if (!ctx.settings.allow_guest_checkout) throw new Refusal('guest_checkout_disabled')
  const id = newId('customer', ctx.now)
  const { answer } = await withinBounds(
    commit(ctx, {
      ...(unproven ? { made: countMade(ctx) } : {}),
      answer: insertGuest(ctx, { id, unproven }, input).asAnswer(id),
    }),
  )
  return toCreated(answer[0])
}
