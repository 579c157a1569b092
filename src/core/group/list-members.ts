import { sql } from 'drizzle-orm'
import { type Context, document, mayUse, read } from '#core/context'
import {
  type CountedPaging,
  type Found,
  keysetDocument,
  type Page,
  toDocumentPage,
} from '#core/page'
import { Refusal } from '#kernel/error'
import type { Member } from './view.ts'

/** Who is in a group, the longest known first. Refuses `group_not_found`, `invalid_cursor`. */
export async function listMembers(
  ctx: Context,
  key: string,
  paging: CountedPaging,
): Promise<Page<Member>> {
  mayUse(ctx, 'customer:read')
  const list = ['member', key]
  const members = {
    rows: sql`from membership it where it.tenant = ${ctx.tenant} and it.group_key = ${key}`,
    item: sql`member_row_document(it)`,
    key: sql`it.customer_id`,
  }
  const { found } = await read(ctx, {
    found: document<Found<Member>>(sql`select ${keysetDocument(ctx, list, members, paging)}
      from "group" where tenant = ${ctx.tenant} and key = ${key} and dissolved_at is null`),
  })
  if (found === null) throw new Refusal('group_not_found')
  return toDocumentPage(ctx, list, found, paging)
}
