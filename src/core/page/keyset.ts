import type { Context } from '#core/context'
import { type CountedPaging, type CountRows, toTotal } from './count.ts'
import { readCursor, writeCursor } from './cursor.ts'
import type { Paging } from './input.ts'
import { type Page, toPage } from './view.ts'

/** Before every text. An ascending list begins after it. */
export const BEFORE_ALL_KEYS = ''
/** After every id. A descending list begins after it, with the newest id. */
export const AFTER_ALL_IDS = '~'

/** The beginning of a page, as the values of the parameters `keyset`. */
type Keyset<K> = { readonly after: K; readonly limit: number }

/**
 * The page that a caller asks for. Refuses `invalid_cursor`.
 * @param list as `writeCursor` takes it.
 * @param start the key that the first page begins after.
 */
export const readKeyset = <K>(
  ctx: Context,
  list: readonly unknown[],
  { limit, cursor }: Paging,
  start: K,
): Keyset<K> => ({
  after: cursor === undefined ? start : readCursor<K>(ctx, list, cursor),
  limit: limit + 1,
})

/** The result of a read: the rows of the page, and the count. A list of parts of another thing may have one row without an item, which shows that the other thing exists. */
type Found<T> = {
  readonly rows: readonly { readonly item: T | null }[]
  readonly counted?: CountRows
}

/** The page of the result for `readKeyset`. @param keyOf the key by which the list is sorted. */
export function toKeysetPage<T>(
  ctx: Context,
  list: readonly unknown[],
  { rows, counted }: Found<T>,
  { limit, count }: CountedPaging,
  keyOf: (item: T) => unknown,
): Page<T> {
  const found = rows.flatMap(({ item }) => (item === null ? [] : [item]))
  const data = found.slice(0, limit)
  const last = found.length > limit ? data.at(-1) : undefined
  const next = last === undefined ? null : writeCursor(ctx, list, keyOf(last))
  return toPage(data, limit, next, toTotal(count, counted))
}
