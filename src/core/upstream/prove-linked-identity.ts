import { type Context, read } from '#core/context'
import type { ProvenIdentity } from '#core/identity'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'

/**
 * The account to which an identity is linked; null when there is none, or when it was merged into another one. The statement of `proof`
 * belongs at the head of the commit that lets the shopper in: it locks the account, and refuses `invalid_credentials` if the link ended
 * meanwhile. Refuses `customer_disabled`, `email_unverified`.
 */
export async function proveLinkedIdentity(ctx: Context, { identity, account }: ProvenIdentity) {
  const { tenant } = ctx
  const { found } = await read(ctx, {
    found:
      account === null
        ? query.findCustomerByIdentity({ tenant, identity })
        : query.findCustomerByHanzoIdentity({ tenant, identity }),
  })
  const [owner] = found
  if (owner === undefined || owner.status === 'merged') return null
  if (owner.status === 'disabled') throw new Refusal('customer_disabled')
  if (owner.status === 'unverified' && ctx.settings.require_email_verification) {
    throw new Refusal('email_unverified')
  }
  const { id: customerId } = owner
  const now = ctx.now.toISOString()
  return {
    customerId,
    proof: {
      used:
        account === null
          ? query.lockCustomerAndUseIdentity({ tenant, identity, customerId, now })
          : query.lockCustomerWithHanzoIdentity({ tenant, identity, customerId }),
    },
  }
}
