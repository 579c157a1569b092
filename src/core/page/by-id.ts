import { type SQL, sql } from 'drizzle-orm'
import { type Context, look, read } from '#core/context'
import { readCursor, writeCursor } from './cursor.ts'
import type { Paging } from './input.ts'
import { type Page, toPage } from './view.ts'

type Listed<T> = { readonly id: string; readonly document: T }

/**
 * A page of rows in the order of their ids, the newest first. Refuses `invalid_cursor`.
 * @param list what tells this list from every other.
 * @param from selects `id` and `document` of the tenant's rows, up to and with its `where`.
 */
export async function pageById<T>(
  ctx: Context,
  list: readonly unknown[],
  { limit, cursor }: Paging,
  from: SQL,
): Promise<Page<T>> {
  const after =
    cursor === undefined ? sql`true` : sql`id < ${readCursor<string>(ctx, list, cursor)}`
  const { found } = await read(ctx, {
    found: look<Listed<T>>(sql`${from} and ${after} order by id desc limit ${limit + 1}::int`),
  })
  const page = found.slice(0, limit)
  const next = found.length > limit ? writeCursor(ctx, list, page.at(-1)?.id) : null
  return toPage(
    page.map(({ document }) => document),
    limit,
    next,
  )
}
