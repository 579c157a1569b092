import { type Context, document, mayUse, read, type Versioned } from '#core/context'
import { type Merge, type MergeDocument, mergeDocumentOf, toMerge } from './view.ts'

/** A merge with all that it moved and kept. Refuses `merge_not_found`. */
export async function findMerge(ctx: Context, id: string): Promise<Versioned<Merge>> {
  mayUse(ctx, 'customer:read')
  const { found } = await read(ctx, {
    found: document<MergeDocument>(mergeDocumentOf(ctx.tenant, id)),
  })
  return toMerge(found)
}
