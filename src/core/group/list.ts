import { sql } from 'drizzle-orm'
import { type Context, document, mayUse, read } from '#core/context'
import { type CountedPaging, type Found, keysetDocument, type Page, toKeysetPage } from '#core/page'
import { Bug } from '#kernel/error'
import type { Group } from './view.ts'

const list = ['group']

/** All groups, by their keys. Refuses `invalid_cursor`. */
export async function listGroups(ctx: Context, paging: CountedPaging): Promise<Page<Group>> {
  mayUse(ctx, 'customer:read')
  const groups = {
    rows: sql`from "group" it where it.tenant = ${ctx.tenant} and it.dissolved_at is null`,
    item: sql`group_row_document(it)`,
    key: sql`it.key`,
  }
  const { found } = await read(ctx, {
    found: document<Found<Group>>(keysetDocument(ctx, list, groups, paging)),
  })
  if (found === null) throw new Bug('a list is never nothing')
  return toKeysetPage(ctx, list, found, paging)
}
