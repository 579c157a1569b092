import { sql } from 'drizzle-orm'
import { type Context, mayUse, one, read } from '#core/context'
import { countOf, type Page, readCursor, toPage, toTotal, writeCursor } from '#core/page'
import type { ListMerges } from './input.ts'
import { type Merge, type MergeDocument, mergeDocument, withoutNothing } from './view.ts'

type Found = { readonly merges: readonly MergeDocument[]; readonly total: number | null }

/**
 * Merges, newest first; with `state=pending&count=exact` it tells how many are still due. Refuses `invalid_cursor`.
 */
export async function listMerges(ctx: Context, input: ListMerges): Promise<Page<Merge>> {
  mayUse(ctx, 'customer:read')
  const { limit, cursor, count, state, customer } = input
  const list = ['merge', state ?? null, customer ?? null]
  const after = cursor === undefined ? null : readCursor<string>(ctx, list, cursor)
  const rows = sql`from merge it where it.tenant = ${ctx.tenant}
    ${state === undefined ? sql`` : sql`and it.state = ${state}`}
    ${customer === undefined ? sql`` : sql`and ${customer} in (it.survivor_id, it.merged_id)`}`
  const { found } = await read(ctx, {
    found: one<Found, 'read'>(sql`select
      (select coalesce(json_agg(${mergeDocument(sql`page::merge`, false)} order by page.id desc), '[]') from (
        select it.* ${rows} ${after === null ? sql`` : sql`and it.id < ${after}`}
        order by it.id desc limit ${limit + 1}::int) page) as merges,
      ${countOf(count, rows)}::int as total`),
  })
  const page = found.merges.slice(0, limit)
  const last = found.merges.length > limit ? page.at(-1) : undefined
  return toPage(
    page.map(withoutNothing),
    limit,
    last === undefined ? null : writeCursor(ctx, list, last.id),
    toTotal(count, found.total),
  )
}
