import {
  acceptedVersions,
  type Context,
  commit,
  mustHaveScope,
  mustMatchShopper,
} from '#core/context'
import { ownerProofStatements } from '#core/identity'
import { newEventValues } from '#core/outbox'
import * as query from './generated/query.ts'
import type { DeleteCustomer } from './input.ts'

/**
 * Deletes a customer. Its id is unknown from then on, its e-mail address is free again, and its orders stay in the ledger. Shoppers
 * delete their own account with its password, or with a fresh proof. Refuses `customer_not_found`, `customer_merged`,
 * `precondition_failed`, and for shoppers `invalid_credentials`, `too_many_attempts`, `fresh_proof_required`.
 */
export async function deleteCustomer(
  ctx: Context,
  id: string,
  { currentPassword }: DeleteCustomer = {},
): Promise<void> {
  const proof = await proofOf(ctx, id, currentPassword)
  const call = query.deleteCustomer({
    ...newEventValues(ctx),
    id,
    accepted: acceptedVersions(ctx),
  })
  await commit(ctx, { ...proof, answer: call.asAnswer(id) })
}

async function proofOf(ctx: Context, id: string, password: string | undefined) {
  if (ctx.actor.type !== 'shopper') {
    mustHaveScope(ctx, 'customer:write')
    return {}
  }
  mustMatchShopper(ctx, id)
  return ownerProofStatements(ctx, id, password)
}
