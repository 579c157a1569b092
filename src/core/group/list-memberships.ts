import { sql } from 'drizzle-orm'
import { type Context, document, mayActFor, read } from '#core/context'
import {
  type CountedPaging,
  countedOf,
  type Page,
  readCursor,
  toPage,
  toTotal,
  writeCursor,
} from '#core/page'
import { Refusal } from '#kernel/error'
import type { Membership } from './view.ts'

type Found = {
  readonly customerId: string
  readonly memberships: Membership[]
  readonly total: number | null
}

/**
 * The groups of the customer, or of the survivor it was merged into (`customerId`), by their keys. Refuses `customer_not_found`,
 * `invalid_cursor`.
 */
export async function listMemberships(
  ctx: Context,
  customerId: string,
  { limit, cursor, count }: CountedPaging,
): Promise<{ readonly page: Page<Membership>; readonly customerId: string }> {
  mayActFor(ctx, customerId)
  const list = ['membership', customerId]
  const after = cursor === undefined ? '' : readCursor<string>(ctx, list, cursor)
  const { found } = await read(ctx, {
    found: document<Found>(
      sql`membership_page(${ctx.tenant}, ${customerId}, ${after}, ${limit}::int, ${countedOf(count)})`,
    ),
  })
  if (found === null) throw new Refusal('customer_not_found')
  const data = found.memberships.slice(0, limit)
  const next = found.memberships.length > limit ? writeCursor(ctx, list, data.at(-1)?.key) : null
  const page = toPage(data, limit, next, toTotal(count, found.total))
  return { customerId: found.customerId, page }
}
