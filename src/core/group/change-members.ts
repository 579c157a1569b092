import { type SQL, sql } from 'drizzle-orm'
import { type Context, commit, guard, keep, mayUse } from '#core/context'
import { emitEach, textArray, toldSoFar } from '#core/outbox'
import type { ChangeMembers } from './input.ts'
import { holdGroup } from './lock.ts'
import type { MemberChanges } from './view.ts'

/**
 * Takes many customers out of a group and puts many into it, in one commit: each change has its event, what is no change has none,
 * and ids of nobody are counted. To add to an unknown group makes it unless `create_groups_on_assign` says no. Refuses
 * `group_not_found`, `group_being_deleted`.
 */
export async function changeMembers(
  ctx: Context,
  group: string,
  { add, remove }: ChangeMembers,
): Promise<MemberChanges> {
  mayUse(ctx, 'group:write')
  const make = ctx.settings.create_groups_on_assign && add.length > 0
  const now = sql`${ctx.now.toISOString()}::timestamptz`
  const ids = [...new Set([...add, ...remove])]
  const { answer } = await commit(ctx, {
    group: holdGroup(ctx, group, make),
    customers: guard(sql`lock_customers(${ctx.tenant}, ${textArray(ids)})`),
    removed: emitEach(ctx, {
      type: 'customer.group_removed',
      changed: ['groups'],
      changes: sql`remove_members(${ctx.tenant}, ${group}, ${textArray(remove)}, 'manual')`,
    }),
    added: emitEach(ctx, {
      type: 'customer.group_added',
      changed: ['groups'],
      changes: sql`add_members(${ctx.tenant}, ${group}, ${textArray(add)}, 'manual', null, ${now})`,
    }),
    answer: keep<MemberChanges>(changesDocument(ctx, ids)),
  })
  return answer
}

const changesDocument = (ctx: Context, ids: readonly string[]): SQL =>
  sql`select json_build_object(
      'added', told.added, 'removed', told.removed,
      'unchanged', told.found - told.added - told.removed, 'notFound', ${ids.length}::int - told.found)
    from (select
      ${toldSoFar(ctx, 'customer.group_added')} as added,
      ${toldSoFar(ctx, 'customer.group_removed')} as removed,
      (select count(*)::int from customer where tenant = ${ctx.tenant} and id = any(${textArray(ids)}) and listed) as found) told`
