import { type Context, mayUse, readPage } from '#core/context'
import { type CountedPaging, countedIf, FIRST, keysetOf, type Page, toKeysetPage } from '#core/page'
import * as query from './generated/query.ts'
import { type Group, withState } from './view.ts'

/** All groups, by their keys. Refuses `invalid_cursor`. */
export async function listGroups(ctx: Context, paging: CountedPaging): Promise<Page<Group>> {
  mayUse(ctx, 'customer:read')
  const list = ['group']
  const { tenant } = ctx
  const found = await readPage(ctx, {
    rows: query.listGroups({ tenant, ...keysetOf(ctx, list, paging, FIRST) }),
    ...countedIf(paging.count, (most) => query.countGroups({ tenant, most })),
  })
  const page = toKeysetPage(ctx, list, found, paging, ({ key }) => key)
  return { ...page, data: page.data.map((group) => withState(ctx, group)) }
}
