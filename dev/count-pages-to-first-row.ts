import { parseArgs } from 'node:util'
import pg from 'pg'
import type { CustomerFilter } from '../src/core/customer/filter.ts'
import { filterConditions } from '../src/core/customer/list/filter-conditions.ts'
import type { Position } from '../src/core/customer/list/list-query.ts'
import { listStatement } from '../src/core/customer/list/list-statement.ts'
import { toFoundPage } from '../src/core/customer/list/unfiltered-list-and-page.ts'
import { LIST_SEARCH_BOUNDS } from '../src/core/customer/list.ts'
import { CustomerSort, toSortKey } from '../src/core/customer/sort.ts'
import {
  nastyFilterSortPairs,
  randomTwoFilterCases,
  singleFilterCases,
} from './list-check/make-list-cases.ts'

/**
 * How many pages a list needs until its first row, in a filled tenant: each filter alone in each order, pairs that were found to be nasty,
 * and random pairs. An empty page costs a request, so three are the most that is meant.
 */
const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    pairs: { type: 'string', default: '200' },
    most: { type: 'string', default: '40' },
  },
})
const MEANT = 3
const client = new pg.Client(values.url)
await client.connect()
const now = new Date(Date.UTC(2026, 10, 22))

type Case = { readonly filter: CustomerFilter; readonly sort: CustomerSort }

async function pagesToFirst({ filter, sort }: Case) {
  let after: Position | null = null
  let [ms, slowest] = [0, 0]
  for (let page = 1; ; page++) {
    const conditions = filterConditions('demo', filter, now)
    const asked = {
      currency: 'USD',
      conditions,
      sort: toSortKey(sort),
      limit: 20,
      bounds: LIST_SEARCH_BOUNDS,
    }
    const query = listStatement({ ...asked, after })
    const from = performance.now()
    const { rows } = await client.query(query.sent.text, [...query.sent.values])
    const took = performance.now() - from
    ms += took
    slowest = Math.max(slowest, took)
    const { customers, next }: ReturnType<typeof toFoundPage> = toFoundPage(query.result(rows))
    if (customers.length > 0 || next === null) return { page, ms, slowest }
    if (page === Number(values.most)) return { page: Number.POSITIVE_INFINITY, ms, slowest }
    after = next
  }
}

async function report(name: string, cases: readonly Case[]): Promise<void> {
  const late: string[] = []
  const pages: number[] = []
  let within = 0
  for (const one of cases) {
    const { page, ms, slowest } = await pagesToFirst(one)
    pages.push(slowest)
    if (page <= MEANT) within++
    else
      late.push(`  ${page} pages, ${ms.toFixed(0)} ms: ${JSON.stringify(one.filter)} ${one.sort}`)
  }
  const share = ((100 * within) / cases.length).toFixed(1)
  console.log(
    `${name}: the first row within ${MEANT} pages in ${within} of ${cases.length} (${share} %)`,
  )
  if (late.length > 0) console.log(late.join('\n'))
  pages.sort((a, b) => a - b)
  const slow = [0.5, 0.95, 0.99].map((part) => pages[Math.floor(part * pages.length)]?.toFixed(0))
  console.log(
    `  the slowest page of each: ms p50, p95, p99 ${slow.join(', ')}, max ${pages.at(-1)?.toFixed(0)}`,
  )
}

let seed = 11
const random = () => {
  seed = (seed * 1103515245 + 12345) % 2147483648
  return seed / 2147483648
}
const sorts = CustomerSort.options
await report(
  'alone',
  singleFilterCases().flatMap((filter) => sorts.map((sort) => ({ filter, sort }))),
)
await report('named pairs', nastyFilterSortPairs)
await report('random pairs', randomTwoFilterCases(random, Number(values.pairs)))
await client.end()
