import type pg from 'pg'
import type { CustomerFilter } from '../../src/core/customer/filter.ts'
import { filterConditions } from '../../src/core/customer/list/filter-conditions.ts'
import type { Position } from '../../src/core/customer/list/list-query.ts'
import { listStatement } from '../../src/core/customer/list/list-statement.ts'
import { toFoundPage } from '../../src/core/customer/list/unfiltered-list-and-page.ts'
import { LIST_SEARCH_BOUNDS } from '../../src/core/customer/list.ts'
import { type CustomerSort, toSortKey } from '../../src/core/customer/sort.ts'

export type Asked = {
  readonly tenant: string
  readonly filter: CustomerFilter
  readonly sort: CustomerSort
  readonly now: Date
}

type Page = {
  /** The rows of the pages before it. */
  readonly from: number
  readonly rows: number
  readonly limit: number
  readonly after: Position | null
  readonly ms: number
}

export type Drained = {
  readonly ids: readonly string[]
  readonly pages: readonly Page[]
  /** Whether the list has ended; else there would have been more pages. */
  readonly isEnd: boolean
}

/** Where to begin and when to stop: behind that many rows or pages. */
type Range = { readonly after: Position | null; readonly rows: number; readonly pages: number }

const [LEAST_LIMIT, MOST_LIMIT] = [20, 1000]

/** Reads a list page by page, as a client does. Each page has another size; small ones are as likely as large ones. */
export async function readListPages(
  client: pg.Client,
  { tenant, filter, sort, now }: Asked,
  range: Range,
  random: () => number,
): Promise<Drained> {
  const ids: string[] = []
  const pages: Page[] = []
  const conditions = filterConditions(tenant, filter, now)
  const asked = { currency: 'USD', conditions, sort: toSortKey(sort), bounds: LIST_SEARCH_BOUNDS }
  let after = range.after
  while (ids.length < range.rows && pages.length < range.pages) {
    const limit = Math.round(LEAST_LIMIT * (MOST_LIMIT / LEAST_LIMIT) ** random())
    const query = listStatement({ ...asked, limit, after })
    const from = performance.now()
    const { rows } = await client.query(query.sent.text, [...query.sent.values])
    const ms = performance.now() - from
    const { customers, next } = toFoundPage(query.result(rows))
    pages.push({ from: ids.length, rows: customers.length, limit, after, ms })
    ids.push(...customers.map(({ id }) => id))
    if (next === null) return { ids, pages, isEnd: true }
    after = next
  }
  return { ids, pages, isEnd: false }
}
