import { sql } from 'drizzle-orm'
import { type Context, document, mayActFor, read } from '#core/context'
import { type CountedPaging, type Found, keysetDocument, type Page, toKeysetPage } from '#core/page'
import { Refusal } from '#kernel/error'
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
  const memberships = {
    rows: sql`from membership it where it.tenant = ${ctx.tenant} and it.customer_id = owner.id`,
    item: sql`membership_row_document(it)`,
    key: sql`it.group_key`,
  }
  const { found } = await read(ctx, {
    found: document<{ customerId: string; list: Found<Membership> }>(
      sql`select json_build_object('customerId', owner.id, 'list', ${keysetDocument(ctx, list, memberships, paging)})
        from visible_customer(${ctx.tenant}, ${customerId}) owner where owner.id is not null`,
    ),
  })
  if (found === null) throw new Refusal('customer_not_found')
  return { customerId: found.customerId, page: toKeysetPage(ctx, list, found.list, paging) }
}
