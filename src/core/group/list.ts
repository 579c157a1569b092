import { sql } from 'drizzle-orm'
import { type Context, mayUse } from '#core/context'
import { type CountedPaging, type Page, readDocumentPage } from '#core/page'
import type { Group } from './view.ts'

/** All groups, by their keys. Refuses `invalid_cursor`. */
export async function listGroups(ctx: Context, paging: CountedPaging): Promise<Page<Group>> {
  mayUse(ctx, 'customer:read')
  const groups = {
    rows: sql`from "group" it where it.tenant = ${ctx.tenant} and it.dissolved_at is null`,
    item: sql`group_row_document(it)`,
    key: sql`it.key`,
  }
  return readDocumentPage(ctx, ['group'], groups, paging)
}
