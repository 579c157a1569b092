import { type Context, commit, mayActFor, mayUse, versionsOf } from '#core/context'
import { ownerProof } from '#core/identity'
import { appending } from '#core/outbox'
import * as query from './generated/query.ts'
import type { DeleteCustomer } from './input.ts'

/**
 * Hides the customer: its id answers like an unknown one, its e-mail address is free again, its orders stay in the ledger. Shoppers
 * delete their own account with its password, or with a fresh proof. Refuses `customer_not_found`, `customer_merged`,
 * `precondition_failed`, and for shoppers `invalid_credentials`, `too_many_attempts`, `fresh_proof_required`.
 */
export async function deleteCustomer(
  ctx: Context,
  id: string,
  { currentPassword }: DeleteCustomer = {},
): Promise<void> {
  const proof = await proofOf(ctx, id, currentPassword)
  const call = query.deleteCustomer({ ...appending(ctx), id, accepted: versionsOf(ctx) })
  await commit(ctx, { ...proof, answer: call.asAnswer(id) })
}

async function proofOf(ctx: Context, id: string, password: string | undefined) {
  if (ctx.actor.type !== 'shopper') {
    mayUse(ctx, 'customer:write')
    return {}
  }
  mayActFor(ctx, id)
  return ownerProof(ctx, id, password)
}
