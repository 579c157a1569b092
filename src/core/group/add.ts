import { type Context, commit, mayUse, type Versioned, versionsOf } from '#core/context'
import { appending } from '#core/outbox'
import { Bug, Refusal } from '#kernel/error'
import * as query from './generated/query.ts'
import type { AddMembership } from './input.ts'
import { groupKey } from './key.ts'
import type { NewMembership } from './view.ts'
import { reasonOf } from './why.ts'

/** The customer's version. */
type Added = Versioned<NewMembership> & { readonly added: boolean }

/**
 * Adds the customer to a group, and creates the group if `create_groups_on_assign` allows it. For a member nothing changes, and no
 * event is appended, unless `expiresAt` names another end. A member whom the rule of the group holds is held by hand as well from then
 * on, without an event. Refuses `customer_not_found`,
 * `customer_merged`, `precondition_failed`, `group_not_found`, `group_being_deleted`, and `invalid_input` for an end in the past.
 */
export async function addMembership(
  ctx: Context,
  customerId: string,
  { group, expiresAt }: AddMembership,
): Promise<Added> {
  mayUse(ctx, 'group:write')
  if (expiresAt && Date.parse(expiresAt) <= ctx.now.getTime()) throw inThePast()
  const call = query.addMembership({
    ...appending(ctx),
    customerId,
    group: groupKey(group),
    name: group,
    create: ctx.settings.create_groups_on_assign,
    ends: expiresAt !== undefined,
    expiresAt: expiresAt ?? null,
    accepted: versionsOf(ctx),
  })
  const { answer } = await commit(ctx, { answer: call.asAnswer(customerId) })
  const [row] = answer
  if (row === undefined) throw new Bug('a membership that was added is there')
  const { added, version, groups, membership, held } = row
  return { added, version, value: { ...membership, ...reasonOf(ctx, held), groups } }
}

const inThePast = () =>
  new Refusal('invalid_input', {
    errors: [{ path: 'expiresAt', code: 'in_the_past', message: 'Must lie in the future.' }],
  })
