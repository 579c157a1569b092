import { sql } from 'drizzle-orm'
import { type Context, document, mayActFor, read } from '#core/context'
import { type Page, type Paging, readCursor, signCursor, toPage } from '#core/page'
import { Refusal } from '#kernel/error'
import type { Address } from './view.ts'

type Found = { readonly customerId: string; readonly addresses: Address[] }

/**
 * The addresses of the customer, or of the survivor it was merged into (`customerId` says whose), oldest first. Refuses
 * `customer_not_found`, `invalid_cursor`.
 */
export async function listAddresses(
  ctx: Context,
  customerId: string,
  { limit, cursor }: Paging,
): Promise<{ readonly customerId: string; readonly page: Page<Address> }> {
  mayActFor(ctx, customerId)
  const list = ['address', customerId]
  const after = cursor === undefined ? '' : readCursor<string>(ctx, list, cursor)
  const { found } = await read(ctx, {
    found: document<Found>(
      sql`address_page(${ctx.tenant}, ${customerId}, ${after}, ${limit + 1}::int)`,
    ),
  })
  if (found === null) throw new Refusal('customer_not_found')
  const data = found.addresses.slice(0, limit)
  const next = found.addresses.length > limit ? signCursor(ctx, list, data.at(-1)?.id) : null
  return { customerId: found.customerId, page: toPage(data, limit, next) }
}
