import { type Context, commit, mayUse, versionsOf } from '#core/context'
import { appending } from '#core/outbox'
import * as query from './generated/query.ts'
import { groupKey } from './key.ts'

/**
 * Removes the customer from a group. Refuses `customer_not_found`, `customer_merged`, `precondition_failed`, and
 * `membership_not_found` if the customer is not a member.
 */
export async function removeMembership(
  ctx: Context,
  customerId: string,
  group: string,
): Promise<void> {
  mayUse(ctx, 'group:write')
  await commit(ctx, {
    removed: query.removeMembership({
      ...appending(ctx),
      customerId,
      groupKey: groupKey(group),
      accepted: versionsOf(ctx),
    }),
  })
}
