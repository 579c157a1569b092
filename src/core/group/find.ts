import { type Context, document, mayUse, read, type Versioned } from '#core/context'
import { type Group, type GroupDocument, groupDocument, toGroup } from './view.ts'

/** Refuses `group_not_found`. */
export async function findGroup(ctx: Context, key: string): Promise<Versioned<Group>> {
  mayUse(ctx, 'customer:read')
  const { group } = await read(ctx, { group: document<GroupDocument>(groupDocument(ctx, key)) })
  return toGroup(group)
}
