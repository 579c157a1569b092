import { type Context, mayUse, read } from '#core/context'
import { type CountedPaging, FIRST, keysetOf, type Page, toKeysetPage } from '#core/page'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'
import type { Member } from './view.ts'

/** Who is in a group, the longest known first. Refuses `group_not_found`, `invalid_cursor`. */
export async function listMembers(
  ctx: Context,
  group: string,
  paging: CountedPaging,
): Promise<Page<Member>> {
  mayUse(ctx, 'customer:read')
  const list = ['member', group]
  const keyset = keysetOf(ctx, list, paging, FIRST)
  const { rows } = await read(ctx, {
    rows: query.listMembers({ tenant: ctx.tenant, group, ...keyset }),
  })
  if (rows.length === 0) throw new Refusal('group_not_found')
  return toKeysetPage(ctx, list, rows, paging, ({ customerId }) => customerId)
}
