import { type Context, mayUse, read } from '#core/context'
import { type CountedPaging, FIRST, keysetOf, type Page, toKeysetPage } from '#core/page'
import * as query from './generated/query.ts'
import type { Group } from './view.ts'

/** All groups, by their keys. Refuses `invalid_cursor`. */
export async function listGroups(ctx: Context, paging: CountedPaging): Promise<Page<Group>> {
  mayUse(ctx, 'customer:read')
  const list = ['group']
  const keyset = keysetOf(ctx, list, paging, FIRST)
  const { rows } = await read(ctx, { rows: query.listGroups({ tenant: ctx.tenant, ...keyset }) })
  return toKeysetPage(ctx, list, rows, paging, ({ key }) => key)
}
