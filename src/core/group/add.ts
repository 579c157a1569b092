import { sql } from 'drizzle-orm'
import { type Context, commit, keepOf, mayUse, type Versioned } from '#core/context'
import { telling } from '#core/outbox'
import { Refusal } from '#kernel/error'
import type { AddMembership } from './input.ts'
import type { NewMembership } from './view.ts'

/** With the version of the customer. */
type Added = Versioned<NewMembership> & { readonly added: boolean }

/**
 * Puts the customer into a group, and makes the group unless `create_groups_on_assign` says no. One who is a member already stays
 * one: nothing changes, and nothing is told, unless `expiresAt` names another end. Refuses `customer_not_found`,
 * `customer_merged`, `precondition_failed`, `group_not_found`, `group_being_deleted`, and `invalid_input` for an end in the past.
 */
export async function addMembership(
  ctx: Context,
  customerId: string,
  { group, expiresAt }: AddMembership,
): Promise<Added> {
  mayUse(ctx, 'group:write')
  if (expiresAt && Date.parse(expiresAt) <= ctx.now.getTime()) throw inThePast()
  const { by, job } = telling(ctx)
  const membership = {
    sql: sql`add_membership(${ctx.tenant}, ${customerId}, ${group}, ${ctx.ifMatch}::int,
      ${ctx.settings.create_groups_on_assign}::boolean, ${expiresAt !== undefined}::boolean, ${expiresAt ?? null}::timestamptz, ${by})`,
    jobs: [job],
  }
  const { answer } = await commit(ctx, {
    answer: keepOf<Added>(membership, sql`document`, customerId),
  })
  return answer
}

const inThePast = () =>
  new Refusal('invalid_input', {
    errors: [{ path: 'expiresAt', code: 'in_the_past', message: 'Must lie in the future.' }],
  })
