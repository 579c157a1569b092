import { type Context, mustHaveScope, readWithinPageLimits } from '#core/context'
import {
  BEFORE_ALL_KEYS,
  type CountedPaging,
  countIfAsked,
  type Page,
  readKeyset,
  toKeysetPage,
} from '#core/page'
import * as query from './generated/query.ts'
import { type Group, groupWithRuleStanding } from './view.ts'

/** All groups, by their keys. Refuses `invalid_cursor`. */
export async function listGroups(ctx: Context, paging: CountedPaging): Promise<Page<Group>> {
  mustHaveScope(ctx, 'customer:read')
  const list = ['group']
  const { tenant } = ctx
  const found = await readWithinPageLimits(ctx, {
    rows: query.listGroups({ tenant, ...readKeyset(ctx, list, paging, BEFORE_ALL_KEYS) }),
    ...countIfAsked(paging.count, (most) => query.countGroups({ tenant, most })),
  })
  const page = toKeysetPage(ctx, list, found, paging, ({ key }) => key)
  return { ...page, data: page.data.map((group) => groupWithRuleStanding(ctx, group)) }
}
