import { type Context, commitWithoutEvent, mustHaveScope, readUnlessAnswered } from '#core/context'
import {
  type CustomerFilter,
  firstMatchingIds,
  refuseUndeclaredMetadataKeys,
  setStatementTimeout,
} from '#core/customer'
import { Bug } from '#kernel/error'
import { newId } from '#kernel/id'
import { changeMembers, toMemberChangeCounts } from './change-members.ts'
import * as query from './generated/query.ts'
import { MAX_CUSTOMERS_PER_CALL } from './input.ts'
import { groupKey } from './key.ts'
import { type Group, type MemberChanges, toGroup } from './view.ts'

/** In milliseconds. */
const DEADLINE = '5000'

type Added = { readonly changes: MemberChanges } | { readonly begun: Group }

/**
 * Adds all customers who match a filter now: up to 1,000 in one commit, after a read that finds them; more by a job, whose progress the group
 * shows. Refuses `group_not_found`, `group_being_deleted`, `narrow_the_query`, and `invalid_input` for metadata keys that no setting declares.
 */
export async function addMatchingCustomers(
  ctx: Context,
  group: string,
  filter: CustomerFilter,
): Promise<Added> {
  mustHaveScope(ctx, 'group:write')
  // The counts tell who matches.
  mustHaveScope(ctx, 'customer:read')
  refuseUndeclaredMetadataKeys(ctx.settings, filter, 'add.filter.')
  const { tenant, now } = ctx
  const result = await readUnlessAnswered(ctx, {
    deadline: setStatementTimeout({ milliseconds: DEADLINE }),
    ids: firstMatchingIds({ tenant, filter, now }, MAX_CUSTOMERS_PER_CALL + 1),
  })
  if ('kept' in result) return toAdded(ctx, result.kept)
  const { ids } = result.found
  if (ids.length <= MAX_CUSTOMERS_PER_CALL) {
    return { changes: await changeMembers(ctx, group, { add: ids, remove: [] }) }
  }
  const call = query.beginAddingMatchingCustomers({
    tenant,
    now: now.toISOString(),
    group: groupKey(group),
    name: group,
    create: ctx.settings.create_groups_on_assign,
    filter,
    taskJob: newId('job', now),
    task: newId('task', now),
  })
  const { answer } = await commitWithoutEvent(ctx, { answer: call.asAnswer(null) })
  return { begun: toGroup(ctx, answer[0]).value }
}

/** The answer of an earlier request under the same key. Only the answer for a group has a version. */
function toAdded(
  ctx: Context,
  kept: Parameters<typeof query.beginAddingMatchingCustomers.readKept>[0],
): Added {
  if (kept.fields.includes('version')) {
    return { begun: toGroup(ctx, query.beginAddingMatchingCustomers.readKept(kept)[0]).value }
  }
  const [counts] = query.changeMembers.readKept(kept)
  if (counts === undefined) throw new Bug('a count has a row')
  return { changes: toMemberChangeCounts(counts, counts.found) }
}
