import { type Context, mustHaveScope, read, type Versioned } from '#core/context'
import * as query from './generated/query.ts'
import { groupKey } from './key.ts'
import { type Group, toGroup } from './view.ts'

/** Refuses `group_not_found`. */
export async function findGroup(ctx: Context, group: string): Promise<Versioned<Group>> {
  mustHaveScope(ctx, 'customer:read')
  const { rows } = await read(ctx, {
    rows: query.findGroup({ tenant: ctx.tenant, group: groupKey(group) }),
  })
  return toGroup(ctx, rows[0])
}
