import { sql } from 'drizzle-orm'
import { type Context, commit, mayUse, refuseWhen } from '#core/context'
import { lockCustomer } from '#core/customer'
import { emitEach, textArray, toldSoFar } from '#core/outbox'

/**
 * Takes the customer out of a group. Refuses `customer_not_found`, `customer_merged`, `precondition_failed`, and
 * `membership_not_found` for one who is not in it.
 */
export async function removeMembership(
  ctx: Context,
  customerId: string,
  group: string,
): Promise<void> {
  mayUse(ctx, 'group:write')
  await commit(ctx, {
    customer: lockCustomer(ctx, customerId, ctx.ifMatch),
    removed: emitEach(ctx, {
      type: 'customer.group_removed',
      changed: ['groups'],
      changes: sql`remove_members(${ctx.tenant}, ${group}, ${textArray([customerId])}, 'manual')`,
    }),
    member: refuseWhen(
      sql`${toldSoFar(ctx, 'customer.group_removed')} = 0`,
      'membership_not_found',
    ),
  })
}
