import { type Context, mayActFor, read } from '#core/context'
import { type CountedPaging, FIRST, keysetOf, type Page, toKeysetPage } from '#core/page'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'
import type { Membership } from './view.ts'

/**
 * The groups of the customer, or of the survivor it was merged into (`customerId`), by their keys. Refuses `customer_not_found`,
 * `invalid_cursor`.
 */
export async function listMemberships(
  ctx: Context,
  customerId: string,
  paging: CountedPaging,
): Promise<{ readonly page: Page<Membership>; readonly customerId: string }> {
  mayActFor(ctx, customerId)
  const list = ['membership', customerId]
  const keyset = keysetOf(ctx, list, paging, FIRST)
  const { rows } = await read(ctx, {
    rows: query.listMemberships({ tenant: ctx.tenant, customerId, ...keyset }),
  })
  const [first] = rows
  if (first === undefined) throw new Refusal('customer_not_found')
  const page = toKeysetPage(ctx, list, rows, paging, ({ key }) => key)
  return { page, customerId: first.customerId }
}
