import { type Context, mustHaveScope, read, type Versioned } from '#core/context'
import * as query from './generated/query.ts'
import { type Merge, toMerge } from './view.ts'

/** A merge with all rows that it moved and stored. Refuses `merge_not_found`. */
export async function findMerge(ctx: Context, id: string): Promise<Versioned<Merge>> {
  mustHaveScope(ctx, 'customer:read')
  const { found } = await read(ctx, { found: query.findMerge({ tenant: ctx.tenant, id }) })
  return toMerge(found[0])
}
