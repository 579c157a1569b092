import { type SQL, sql } from 'drizzle-orm'
import type { Context } from '#core/context'
import { type Count, type CountedPaging, countOf, toTotal } from './count.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { type Page, toPage } from './view.ts'

/** The rows of a list that goes by one key. */
type KeysetRows = {
  /** `from … where …`: all of the list. */
  readonly rows: SQL
  /** What stands in the page for a row: JSON. */
  readonly item: SQL
  /** What the list goes by: one text per row, unique in the list. */
  readonly key: SQL
  /** From the greatest key on, which is the newest of ids. */
  readonly newestFirst?: true
}

/** What `keysetDocument` finds: one row more than asked for tells that there are more. */
export type Found<T> = {
  readonly rows: readonly { readonly item: T; readonly key: string }[]
  readonly total: number | null
}

/** The rows after the cursor's, and how many there are in all, as one JSON document. Refuses `invalid_cursor`. */
export function keysetDocument(
  ctx: Context,
  list: readonly unknown[],
  { rows, item, key, newestFirst }: KeysetRows,
  { limit, cursor, count }: CountedPaging,
): SQL {
  const last = cursor === undefined ? null : readCursor<string>(ctx, list, cursor)
  const beyond = newestFirst ? sql`<` : sql`>`
  const after = last === null ? sql`true` : sql`${key} ${beyond} ${last}`
  const direction = newestFirst ? sql`desc` : sql`asc`
  const page = sql`select ${item} as item, ${key} as key ${rows} and ${after}
    order by ${key} ${direction} limit ${limit + 1}::int`
  return sql`json_build_object(
    'rows', coalesce((select json_agg(page order by page.key ${direction}) from (${page}) page), '[]'),
    'total', ${countOf(count, rows)})`
}

export function toDocumentPage<T>(
  ctx: Context,
  list: readonly unknown[],
  { rows, total }: Found<T>,
  { limit, count }: { readonly limit: number; readonly count: Count },
): Page<T> {
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  const next = last === undefined ? null : writeCursor(ctx, list, last.key)
  return toPage(
    shown.map(({ item }) => item),
    limit,
    next,
    toTotal(count, total),
  )
}
