import type { Context } from '#core/context'
import { type CountedPaging, countLimit, toTotal } from './count.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { type Page, toPage } from './view.ts'

/** Before every text. A list that ascends begins after it. */
export const FIRST = ''
/** After every id. A list that descends, from the newest id on, begins after it. */
export const LAST = '~'

/** Where a page of a list begins, as the parameters `keyset` of its use case take it. */
type Keyset<K> = { readonly after: K; readonly limit: number; readonly most: number }

/**
 * The page that a caller asks for. Refuses `invalid_cursor`.
 * @param list as `writeCursor` takes it.
 * @param start the key that the first page begins after.
 */
export const keysetOf = <K>(
  ctx: Context,
  list: readonly unknown[],
  { limit, cursor, count }: CountedPaging,
  start: K,
): Keyset<K> => ({
  after: cursor === undefined ? start : readCursor<K>(ctx, list, cursor),
  limit: limit + 1,
  most: countLimit(count),
})

/** A row of the answer: how many there are in all, and one item of the page; an empty page is one row without an item. */
type CountedRow<T> = { readonly total: number; readonly item: T | null }

/** The page of the rows that were found for `keysetOf`. @param keyOf what the list goes by. */
export function toKeysetPage<T>(
  ctx: Context,
  list: readonly unknown[],
  rows: readonly CountedRow<T>[],
  { limit, count }: CountedPaging,
  keyOf: (item: T) => unknown,
): Page<T> {
  const found = rows.flatMap(({ item }) => (item === null ? [] : [item]))
  const data = found.slice(0, limit)
  const last = found.length > limit ? data.at(-1) : undefined
  const next = last === undefined ? null : writeCursor(ctx, list, keyOf(last))
  return toPage(data, limit, next, toTotal(count, rows[0]?.total ?? null))
}
