import { sql } from 'drizzle-orm'
import { type Context, commit, keep, mayUse, rows } from '#core/context'
import { emit } from '#core/outbox'
import { lockCustomer } from './lock.ts'

/**
 * Hides the customer: its id answers like one that never was, its address is free again, its orders stay in the ledger. Refuses
 * `customer_not_found`, `customer_merged`, `precondition_failed`.
 */
export async function deleteCustomer(ctx: Context, id: string): Promise<void> {
  mayUse(ctx, 'customer:write')
  await commit(ctx, {
    customer: lockCustomer(ctx, id, ctx.ifMatch),
    told: emit(ctx, { type: 'customer.deleted', customerId: id }),
    memberships: rows(
      sql`delete from membership where tenant = ${ctx.tenant} and customer_id = ${id}`,
    ),
    hidden: rows(
      sql`update customer set status = 'deleted', password_hash = null
        where tenant = ${ctx.tenant} and id = ${id}`,
    ),
    answer: keep<null>(sql`'null'::json`, id),
  })
}
