import { type Context, commit, mayUse } from '#core/context'
import { appending } from '#core/outbox'
import * as query from './generated/query.ts'

/**
 * Takes the customer out of a group. Refuses `customer_not_found`, `customer_merged`, `precondition_failed`, and
 * `membership_not_found` for one who is not in it.
 */
export async function removeMembership(
  ctx: Context,
  customerId: string,
  groupKey: string,
): Promise<void> {
  mayUse(ctx, 'group:write')
  await commit(ctx, {
    removed: query.removeMembership({ ...appending(ctx), customerId, groupKey, read: ctx.ifMatch }),
  })
}
