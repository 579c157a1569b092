import { type Context, mayActFor, readPage } from '#core/context'
import { type CountedPaging, countedIf, FIRST, keysetOf, type Page, toKeysetPage } from '#core/page'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'
import type { Membership } from './view.ts'
import { withReasons } from './why.ts'

/**
 * The groups of the customer, or of the survivor of its merge (`customerId`), by their keys. Refuses `customer_not_found`,
 * `invalid_cursor`.
 */
export async function listMemberships(
  ctx: Context,
  customerId: string,
  paging: CountedPaging,
): Promise<{ readonly page: Page<Membership>; readonly customerId: string }> {
  mayActFor(ctx, customerId)
  const list = ['membership', customerId]
  const { tenant } = ctx
  const found = await readPage(ctx, {
    rows: query.listMemberships({ tenant, customerId, ...keysetOf(ctx, list, paging, FIRST) }),
    ...countedIf(paging.count, (most) => query.countMemberships({ tenant, customerId, most })),
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
