import { sql } from 'drizzle-orm'
import { type Context, commit, keep, mayActFor, mayUse, rows } from '#core/context'
import { provePassword } from '#core/identity'
import { emit } from '#core/outbox'
import { Refusal } from '#kernel/error'
import type { DeleteCustomer } from './input.ts'
import { lockCustomer } from './lock.ts'

/**
 * Hides the customer: its id answers like one that never was, its address is free again, its orders stay in the ledger. Shoppers
 * delete their own account with its password. Refuses `customer_not_found`, `customer_merged`, `precondition_failed`, and to
 * shoppers `invalid_credentials`, `too_many_attempts`, `invalid_input` without the password.
 */
export async function deleteCustomer(
  ctx: Context,
  id: string,
  { currentPassword }: DeleteCustomer = {},
): Promise<void> {
  const proof = ctx.actor.type === 'shopper' ? await proveOwner(ctx, id, currentPassword) : null
  if (proof === null) mayUse(ctx, 'customer:write')
  await commit(ctx, {
    customer: lockCustomer(ctx, id, ctx.ifMatch),
    ...proof,
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

async function proveOwner(ctx: Context, id: string, password: string | undefined) {
  mayActFor(ctx, id)
  if (password === undefined) {
    const missing = { path: 'currentPassword', code: 'required', message: 'Is required.' }
    throw new Refusal('invalid_input', { errors: [missing] })
  }
  return (await provePassword(ctx, id, password)).proof
}
