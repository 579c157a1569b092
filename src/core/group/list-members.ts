import { type Context, mayUse, readPage } from '#core/context'
import { type CountedPaging, countedIf, FIRST, keysetOf, type Page, toKeysetPage } from '#core/page'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'
import { groupKey } from './key.ts'
import type { Member } from './view.ts'
import { withReasons } from './why.ts'

/** The members of a group, the oldest customers first. Refuses `group_not_found`, `invalid_cursor`. */
export async function listMembers(
  ctx: Context,
  named: string,
  paging: CountedPaging,
): Promise<Page<Member>> {
  mayUse(ctx, 'customer:read')
  const group = groupKey(named)
  const list = ['member', group]
  const { tenant } = ctx
  const found = await readPage(ctx, {
    rows: query.listMembers({ tenant, group, ...keysetOf(ctx, list, paging, FIRST) }),
    ...countedIf(paging.count, (most) => query.countMembers({ tenant, group, most })),
  })
  if (found.rows.length === 0) throw new Refusal('group_not_found')
  return toKeysetPage(
    ctx,
    list,
    { ...found, rows: withReasons(ctx, found.rows) },
    paging,
    ({ customerId }) => customerId,
  )
}
