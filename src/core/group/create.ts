import { type Context, commitWithoutEvent, mustHaveScope, type Versioned } from '#core/context'
import { inputValues } from '#db/input-fields'
import { groupFields } from './field-list.ts'
import * as query from './generated/query.ts'
import type { CreateGroup } from './input.ts'
import { groupKey } from './key.ts'
import { ruleValues } from './rule-values.ts'
import { type Group, toGroup } from './view.ts'

/** Creates a group without members. Its name is the text that named it, unless the input has one. Refuses `group_taken`, `group_being_deleted`,
 * `rule_not_trusted`, `rule_cycle`, `rule_limit_reached`, `invalid_input`. */
export async function createGroup(ctx: Context, input: CreateGroup): Promise<Versioned<Group>> {
  mustHaveScope(ctx, 'group:write')
  const { key: written, name = written, metadata = {} } = input
  const call = query.createGroup({
    tenant: ctx.tenant,
    now: ctx.now.toISOString(),
    ...inputValues(groupFields, input),
    group: groupKey(written),
    name,
    metadata,
    ...ruleValues(ctx, input, false),
  })
  const { answer } = await commitWithoutEvent(ctx, { answer: call.asAnswer(null) })
  return toGroup(ctx, answer[0])
}
