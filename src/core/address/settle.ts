import { sql } from 'drizzle-orm'
import { type Context, rows } from '#core/context'
import type { Statement } from '#db/statement'
import type { Purpose } from './input.ts'

export type DefaultWish = { readonly id: string; readonly purposes: readonly Purpose[] }

/**
 * Ends every change of a customer's addresses (added, changed, removed, moved here or away): exactly one default for shipping and
 * one for billing, and the customer's country with the first. A wish for what is not there is no wish.
 */
export function settleDefaultAddresses(
  ctx: Context,
  customerId: string,
  wish?: DefaultWish,
): Statement<unknown, 'write'> {
  const wished = (purpose: Purpose) => (wish?.purposes.includes(purpose) ? wish.id : null)
  return rows(sql`select settle_default_addresses(${ctx.tenant}, ${customerId},
    ${wished('shipping')}, ${wished('billing')})`)
}
