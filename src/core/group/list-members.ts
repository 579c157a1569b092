import { type Context, mustHaveScope, readWithinPageLimits } from '#core/context'
import {
  BEFORE_ALL_KEYS,
  type CountedPaging,
  countIfAsked,
  type Page,
  readKeyset,
  toKeysetPage,
} from '#core/page'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'
import { groupKey } from './key.ts'
import { withReasons } from './membership-reason.ts'
import type { Member } from './view.ts'

/** The members of a group, the oldest customers first. Refuses `group_not_found`, `invalid_cursor`. */
export async function listMembers(
  ctx: Context,
  named: string,
  paging: CountedPaging,
): Promise<Page<Member>> {
  mustHaveScope(ctx, 'customer:read')
  const group = groupKey(named)
  const list = ['member', group]
  const { tenant } = ctx
  const found = await readWithinPageLimits(ctx, {
    rows: query.listMembers({ tenant, group, ...readKeyset(ctx, list, paging, BEFORE_ALL_KEYS) }),
    ...countIfAsked(paging.count, (most) => query.countMembers({ tenant, group, most })),
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
