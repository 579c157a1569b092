import { type Context, commit, mayActFor, versionsOf } from '#core/context'
import { appending } from '#core/outbox'
import * as query from './generated/query.ts'

/**
 * Removes an address. The address most recently added or changed takes over its defaults. Refuses `customer_not_found`,
 * `customer_merged`, `address_not_found`, `precondition_failed`.
 */
export async function deleteAddress(ctx: Context, customerId: string, id: string): Promise<void> {
  mayActFor(ctx, customerId)
  await commit(ctx, {
    deleted: query.deleteAddress({ ...appending(ctx), customerId, id, accepted: versionsOf(ctx) }),
  })
}
