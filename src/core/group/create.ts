import { type Context, commitUntold, mayUse, type Versioned } from '#core/context'
import * as query from './generated/query.ts'
import type { CreateGroup } from './input.ts'
import { type Group, toGroup } from './view.ts'

/** A group without members. Refuses `group_taken`, `group_being_deleted`. */
export async function createGroup(ctx: Context, input: CreateGroup): Promise<Versioned<Group>> {
  mayUse(ctx, 'group:write')
  const { key, name = null, description = null, metadata = {} } = input
  const call = query.createGroup({
    tenant: ctx.tenant,
    now: ctx.now.toISOString(),
    key,
    name,
    description,
    metadata,
  })
  const { answer } = await commitUntold(ctx, { answer: call.asAnswer(null) })
  return toGroup(answer[0])
}
