import { type SQL, sql } from 'drizzle-orm'
import { type Context, commit, keep, mayUse, type Versioned } from '#core/context'
import { lockCustomer } from '#core/customer'
import { emitEach, textArray, toldSoFar } from '#core/outbox'
import { Refusal } from '#kernel/error'
import type { AddMembership } from './input.ts'
import { holdGroup } from './lock.ts'
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
  const end = sql`${expiresAt ?? null}::timestamptz`
  const now = sql`${ctx.now.toISOString()}::timestamptz`
  const who = textArray([customerId])
  const { answer } = await commit(ctx, {
    group: holdGroup(ctx, group, ctx.settings.create_groups_on_assign),
    customer: lockCustomer(ctx, customerId, ctx.ifMatch),
    renewed: emitEach(ctx, {
      type: 'customer.updated',
      changed: ['groups'],
      changes: sql`renew_members(${ctx.tenant}, ${group}, ${who}, ${expiresAt === undefined}::boolean, ${end}, ${now})`,
    }),
    added: emitEach(ctx, {
      type: 'customer.group_added',
      changed: ['groups'],
      changes: sql`add_members(${ctx.tenant}, ${group}, ${who}, 'manual', ${end}, ${now})`,
    }),
    answer: keep<Added>(addedDocument(ctx, customerId, group), customerId),
  })
  return answer
}

const inThePast = () =>
  new Refusal('invalid_input', {
    errors: [{ path: 'expiresAt', code: 'in_the_past', message: 'Must lie in the future.' }],
  })

const addedDocument = (ctx: Context, customerId: string, group: string): SQL =>
  sql`select json_build_object(
      'added', ${toldSoFar(ctx, 'customer.group_added')} > 0,
      'version', c.version,
      'value', json_build_object(
        'key', m.group_key, 'source', m.source, 'addedAt', iso(m.added_at), 'expiresAt', iso(m.expires_at),
        'groups', c.group_keys))
    from membership m join customer c on c.tenant = m.tenant and c.id = m.customer_id
    where m.tenant = ${ctx.tenant} and m.group_key = ${group} and m.customer_id = ${customerId}`
