import { type Context, mustMatchShopper, readWithinPageLimits } from '#core/context'
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
import { withReasons } from './membership-reason.ts'
import type { Membership } from './view.ts'

/**
 * The groups of the customer, or of the survivor of its merge (`customerId`), by their keys. Refuses `customer_not_found`,
 * `invalid_cursor`.
 */
export async function listMemberships(
  ctx: Context,
  customerId: string,
  paging: CountedPaging,
): Promise<{ readonly page: Page<Membership>; readonly customerId: string }> {
  mustMatchShopper(ctx, customerId)
  const list = ['membership', customerId]
  const { tenant } = ctx
  const found = await readWithinPageLimits(ctx, {
    rows: query.listMemberships({
      tenant,
      customerId,
      ...readKeyset(ctx, list, paging, BEFORE_ALL_KEYS),
    }),
    ...countIfAsked(paging.count, (most) => query.countMemberships({ tenant, customerId, most })),
  })
  const [first] = found.rows
  if (first === undefined) throw new Refusal('customer_not_found')
  const page = toKeysetPage(
    ctx,
    list,
    { ...found, rows: withReasons(ctx, found.rows) },
    paging,
    ({ key }) => key,
  )
  return { page, customerId: first.customerId }
}
