import { type SQL, sql } from 'drizzle-orm'
import { type Context, rows } from '#core/context'
import type { Statement } from '#db/statement'
import type { Purpose } from './input.ts'

export type DefaultWish = { readonly id: string; readonly purposes: readonly Purpose[] }

/** Two arguments of SQL: what is wished for as the default of shipping, and of billing. */
export function wishOf(wish: DefaultWish | undefined): SQL {
  const wished = (purpose: Purpose) => (wish?.purposes.includes(purpose) ? wish.id : null)
  return sql`${wished('shipping')}, ${wished('billing')}`
}

/**
 * Ends every change of a customer's addresses (added, changed, removed, moved here or away): exactly one default for shipping and
 * one for billing, and the customer's country with the first. A wish for what is not there is no wish.
 */
export function settleDefaultAddresses(
  ctx: Context,
  customerId: string,
  wish?: DefaultWish,
): Statement<unknown, 'write'> {
  return rows(sql`select settle_default_addresses(${ctx.tenant}, ${customerId}, ${wishOf(wish)})`)
}
