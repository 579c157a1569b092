import { type Context, mustMatchShopper, readWithinPageLimits } from '#core/context'
import { type Page, type Paging, readCursor, signCursor, toPage } from '#core/page'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'
import type { Address } from './view.ts'

/**
 * The addresses of the customer, or of the survivor of its merge (`customerId` names it), oldest first. Refuses
 * `customer_not_found`, `invalid_cursor`.
 */
export async function listAddresses(
  ctx: Context,
  customerId: string,
  { limit, cursor }: Paging,
): Promise<{ readonly customerId: string; readonly page: Page<Address> }> {
  mustMatchShopper(ctx, customerId)
  const list = ['address', customerId]
  const after = cursor === undefined ? '' : readCursor<string>(ctx, list, cursor)
  const { rows } = await readWithinPageLimits(ctx, {
    rows: query.listAddresses({ tenant: ctx.tenant, customerId, after, limit: limit + 1 }),
  })
  const [first] = rows
  if (first === undefined) throw new Refusal('customer_not_found')
  const found = rows.flatMap(({ address }) => address ?? [])
  const data = found.slice(0, limit)
  const next = found.length > limit ? signCursor(ctx, list, data.at(-1)?.id) : null
  return { customerId: first.customerId, page: toPage(data, limit, next) }
}
