import {
  acceptedVersions,
  type Context,
  commit,
  mustHaveScope,
  type Versioned,
} from '#core/context'
import { newEventValues } from '#core/outbox'
import { Bug, Refusal } from '#kernel/error'
import * as query from './generated/query.ts'
import type { AddMembership } from './input.ts'
import { groupKey } from './key.ts'
import { membershipReasonOf } from './membership-reason.ts'
import type { NewMembership } from './view.ts'

/** The customer's version. */
type Added = Versioned<NewMembership> & { readonly added: boolean }

/**
 * Adds the customer to a group, and creates the group if `create_groups_on_assign` allows it. For a member nothing changes, and no
 * event is appended, unless `expiresAt` names another end. If only the rule of the group holds the member, the member is held by hand as well from then on. That has no event. Refuses `customer_not_found`,
 * `customer_merged`, `precondition_failed`, `group_not_found`, `group_being_deleted`, and `invalid_input` for an end in the past.
 */
export async function addMembership(
  ctx: Context,
  customerId: string,
  { group, expiresAt }: AddMembership,
): Promise<Added> {
  mustHaveScope(ctx, 'group:write')
  if (expiresAt && Date.parse(expiresAt) <= ctx.now.getTime()) throw inThePast()
  const call = query.addMembership({
    ...newEventValues(ctx),
    customerId,
    group: groupKey(group),
    name: group,
    create: ctx.settings.create_groups_on_assign,
    ends: expiresAt !== undefined,
    expiresAt: expiresAt ?? null,
    accepted: acceptedVersions(ctx),
  })
  const { answer } = await commit(ctx, { answer: call.asAnswer(customerId) })
  const [row] = answer
  if (row === undefined) throw new Bug('a membership that was added is there')
  const { added, version, groups, membership, held } = row
  return { added, version, value: { ...membership, ...membershipReasonOf(ctx, held), groups } }
}

const inThePast = () =>
  new Refusal('invalid_input', {
    errors: [{ path: 'expiresAt', code: 'in_the_past', message: 'Must lie in the future.' }],
  })
