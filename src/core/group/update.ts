import { type Context, commitUntold, mayUse, type Versioned } from '#core/context'
import { METADATA_KEYS } from '#core/customer'
import * as query from './generated/query.ts'
import type { UpdateGroup } from './input.ts'
import { type Group, toGroup } from './view.ts'

/**
 * Changes what is named and differs; the version rises only then. Metadata is merged (RFC 7396). Refuses `group_not_found`,
 * `precondition_failed`, `too_much_metadata`.
 */
export async function updateGroup(
  ctx: Context,
  group: string,
  input: UpdateGroup,
): Promise<Versioned<Group>> {
  mayUse(ctx, 'group:write')
  const { name = null, description = null, metadata = {} } = input
  const call = query.updateGroup({
    tenant: ctx.tenant,
    now: ctx.now.toISOString(),
    group,
    name,
    description,
    metadata,
    named: Object.keys(input),
    read: ctx.ifMatch,
    metadataKeys: METADATA_KEYS,
  })
  const { answer } = await commitUntold(ctx, { answer: call.asAnswer(null) })
  return toGroup(answer[0])
}
