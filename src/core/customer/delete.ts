import { type Context, commit, mayActFor, mayUse, versionsOf } from '#core/context'
import { provePassword } from '#core/identity'
import { appending } from '#core/outbox'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'
import type { DeleteCustomer } from './input.ts'

/**
 * Hides the customer: its id answers like an unknown one, its e-mail address is free again, its orders stay in the ledger. Shoppers
 * delete their own account with its password. Refuses `customer_not_found`, `customer_merged`, `precondition_failed`, and for
 * shoppers `invalid_credentials`, `too_many_attempts`, `invalid_input` without the password.
 */
export async function deleteCustomer(
  ctx: Context,
  id: string,
  { currentPassword }: DeleteCustomer = {},
): Promise<void> {
  const proof = ctx.actor.type === 'shopper' ? await proveOwner(ctx, id, currentPassword) : null
  if (proof === null) mayUse(ctx, 'customer:write')
  const call = query.deleteCustomer({ ...appending(ctx), id, accepted: versionsOf(ctx) })
  await commit(ctx, { ...proof, answer: call.asAnswer(id) })
}

async function proveOwner(ctx: Context, id: string, password: string | undefined) {
  mayActFor(ctx, id)
  if (password === undefined) {
    const missing = { path: 'currentPassword', code: 'required', message: 'Is required.' }
    throw new Refusal('invalid_input', { errors: [missing] })
  }
  return (await provePassword(ctx, id, password)).proof
}
