import {
  acceptedVersions,
  type Context,
  commitWithoutEvent,
  mustHaveScope,
  type Versioned,
} from '#core/context'
import { MAX_METADATA_KEYS } from '#core/customer'
import { inputValues } from '#db/input-fields'
import { groupFields } from './field-list.ts'
import * as query from './generated/query.ts'
import type { UpdateGroup } from './input.ts'
import { groupKey } from './key.ts'
import { ruleValues } from './rule-values.ts'
import { type Group, toGroup } from './view.ts'

/**
 * Changes the named fields that differ. The version rises only if a field differs. Metadata is merged (RFC 7396). Refuses `group_not_found`,
 * `precondition_failed`, `too_much_metadata`, `rule_not_trusted`, `rule_cycle`, `rule_limit_reached`, `invalid_input`.
 */
export async function updateGroup(
  ctx: Context,
  group: string,
  input: UpdateGroup,
): Promise<Versioned<Group>> {
  mustHaveScope(ctx, 'group:write')
  const call = query.updateGroup({
    tenant: ctx.tenant,
    now: ctx.now.toISOString(),
    ...inputValues(groupFields, input),
    group: groupKey(group),
    metadata: input.metadata ?? {},
    ...ruleValues(ctx, input),
    named: Object.keys(input),
    accepted: acceptedVersions(ctx),
    metadataKeys: MAX_METADATA_KEYS,
  })
  const { answer } = await commitWithoutEvent(ctx, { answer: call.asAnswer(null) })
  return toGroup(ctx, answer[0])
}
