import { acceptedVersions, type Context, commit, mustMatchShopper } from '#core/context'
import { newEventValues } from '#core/outbox'
import * as query from './generated/query.ts'

/**
 * Deletes an address. The address most recently added or changed takes over its defaults. Refuses `customer_not_found`,
 * `customer_merged`, `address_not_found`, `precondition_failed`.
 */
export async function deleteAddress(ctx: Context, customerId: string, id: string): Promise<void> {
  mustMatchShopper(ctx, customerId)
  await commit(ctx, {
    deleted: query.deleteAddress({
      ...newEventValues(ctx),
      customerId,
      id,
      accepted: acceptedVersions(ctx),
    }),
  })
}
