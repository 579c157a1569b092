import { acceptedVersions, type Context, commit, mustHaveScope, read } from '#core/context'
import { newEventValues } from '#core/outbox'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'
import { groupKey } from './key.ts'
import { membershipReasonOf } from './membership-reason.ts'

/**
 * Takes the customer's membership by hand away; the rule of the group may keep the customer in. Refuses `customer_not_found`,
 * `customer_merged`, `precondition_failed`, `membership_not_found`, and `membership_by_rule` with the reason if only
 * the rule holds the customer.
 */
export async function removeMembership(
  ctx: Context,
  customerId: string,
  group: string,
): Promise<void> {
  mustHaveScope(ctx, 'group:write')
  const key = groupKey(group)
  try {
    await commit(ctx, {
      removed: query.removeMembership({
        ...newEventValues(ctx),
        customerId,
        groupKey: key,
        accepted: acceptedVersions(ctx),
      }),
    })
  } catch (error) {
    throw isByRule(error) ? await withReason(ctx, customerId, key) : error
  }
}

const isByRule = (error: unknown): boolean =>
  error instanceof Refusal && error.code === 'membership_by_rule'

/** The refusal with the reason why the rule holds the customer, by its present values. */
async function withReason(ctx: Context, customerId: string, key: string): Promise<Refusal> {
  const { reason } = await read(ctx, {
    reason: query.findMembershipReason({ tenant: ctx.tenant, customerId, groupKey: key }),
  })
  return new Refusal('membership_by_rule', membershipReasonOf(ctx, reason[0]?.held ?? null))
}
