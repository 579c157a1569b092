import { sql } from 'drizzle-orm'
import { type Context, commit, mayActFor, rows } from '#core/context'
import { lockAddress } from './lock.ts'
import { settleDefaultAddresses } from './settle.ts'
import { tellOfAddress } from './tell.ts'

/**
 * Removes an address. What it was the default for, the address most recently added or changed is from now on. Refuses
 * `customer_not_found`, `customer_merged`, `address_not_found`, `precondition_failed`.
 */
export async function deleteAddress(ctx: Context, customerId: string, id: string): Promise<void> {
  mayActFor(ctx, customerId)
  await commit(ctx, {
    address: lockAddress(ctx, customerId, id),
    removed: rows(sql`delete from address where tenant = ${ctx.tenant} and id = ${id}`),
    defaults: settleDefaultAddresses(ctx, customerId),
    told: tellOfAddress(ctx, { customerId, id, action: 'removed' }),
  })
}
