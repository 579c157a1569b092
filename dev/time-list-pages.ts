import { parseArgs } from 'node:util'
import pg from 'pg'
import { filterConditions } from '../src/core/customer/list/filter-conditions.ts'
import type { Position } from '../src/core/customer/list/list-query.ts'
import { listStatement } from '../src/core/customer/list/list-statement.ts'
import { toFoundPage } from '../src/core/customer/list/unfiltered-list-and-page.ts'
import { LIST_SEARCH_BOUNDS } from '../src/core/customer/list.ts'
import { type CustomerSort, toSortKey } from '../src/core/customer/sort.ts'
import { customerColumns } from '../src/db/generated/column.ts'
import type { Row } from '../src/db/statement.ts'
import { explainPageSearch } from './explain-page-search.ts'
import { randomCase } from './list-check/make-list-cases.ts'

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    cases: { type: 'string', default: '200' },
    scan: { type: 'string' },
    sets: { type: 'string' },
    wide: { type: 'string' },
    far: { type: 'string' },
    worst: { type: 'string', default: '6' },
    sort: { type: 'string' },
  },
})
const bounds = {
  ...LIST_SEARCH_BOUNDS,
  scan: Number(values.scan ?? LIST_SEARCH_BOUNDS.scan),
  sets: Number(values.sets ?? LIST_SEARCH_BOUNDS.sets),
  wide: Number(values.wide ?? LIST_SEARCH_BOUNDS.wide),
  far: Number(values.far ?? LIST_SEARCH_BOUNDS.far),
}
const client = new pg.Client(values.url)
await client.connect()
// Explaining has settings of its own.
const other = new pg.Client(values.url)
await other.connect()
const now = new Date(Date.UTC(2026, 10, 22))
const positions = new Map<string, Position>()
let seed = 7
const random = () => {
  seed = (seed * 1103515245 + 12345) % 2147483648
  return seed / 2147483648
}

async function deep(sort: CustomerSort): Promise<Position> {
  const known = positions.get(sort)
  if (known) return known
  const { column: name, carried, direction } = toSortKey(sort)
  const column = customerColumns[name]
  const table = carried ? 'list_entry' : 'customer'
  const r = await client.query(
    `select to_json(${column}) as key, id from ${table} where tenant='demo' and listed order by ${column} ${direction}, id ${direction} offset (select count(*) * 6 / 10 from ${table} where tenant='demo' and listed) limit 1`,
  )
  const found: Position = [r.rows[0].key, r.rows[0].id, 0]
  positions.set(sort, found)
  return found
}

const results: {
  label: string
  ms: number
  rows: number
  how: string
  examined: number
  first: number
  plan: number
  steps: number
}[] = []
for (let i = 0; i < Number(values.cases); i++) {
  const { filter, sort: sort0, isDeep } = randomCase(random)
  const sort = (values.sort as CustomerSort) ?? sort0
  const after = isDeep ? await deep(sort) : null
  const query = listStatement({
    currency: 'USD',
    conditions: filterConditions('demo', filter, now),
    sort: toSortKey(sort),
    limit: 20,
    after,
    bounds,
  })
  const { text, values: params } = query.sent
  const times: number[] = []
  let rows: Row[] = []
  let first = 0
  for (let k = 0; k < 4; k++) {
    const at = performance.now()
    try {
      rows = (await client.query(text, [...params])).rows
    } catch (e) {
      console.log((e as Error).message, JSON.stringify(filter), sort, text)
      process.exit(1)
    }
    if (k > 0) times.push(performance.now() - at)
    else first = performance.now() - at
  }
  const { customers, next } = toFoundPage(query.result(rows))
  const n = customers.length
  const how = next === null ? 'end' : n < 20 ? (n === 0 ? 'empty' : 'short') : 'full'
  const { examined, planning, steps } = await explainPageSearch(other, query)
  results.push({
    label: `${JSON.stringify(filter)} ${sort}${after ? ' deep' : ''}`,
    ms: times.sort((a, b) => a - b)[1] ?? 0,
    rows: n,
    how,
    ...{ examined, first, plan: planning, steps },
  })
}
const sorted = (key: 'ms' | 'examined' | 'plan' | 'first') =>
  results.map((r) => r[key]).sort((a, b) => a - b)
const at = (list: number[], q: number) =>
  (list[Math.min(list.length - 1, Math.floor(list.length * q))] ?? 0).toFixed(1)
for (const key of ['ms', 'first', 'plan', 'examined'] as const)
  console.log(
    key.padEnd(9),
    'p50',
    at(sorted(key), 0.5),
    'p95',
    at(sorted(key), 0.95),
    'max',
    at(sorted(key), 1),
  )
console.log(
  Object.entries(Object.groupBy(results, (r) => r.how))
    .map(([how, list]) => `${how} ${list?.length}`)
    .join(', '),
)
console.log('slowest')
for (const r of results.toSorted((a, b) => b.ms - a.ms).slice(0, Number(values.worst)))
  console.log(' ', r.ms.toFixed(1), r.how, r.rows, r.examined, `step ${r.steps}`, r.label)
console.log('short')
for (const r of results
  .filter((r) => r.how === 'short' || r.how === 'empty')
  .slice(0, Number(values.worst) * 10))
  console.log(' ', r.ms.toFixed(1), r.how, r.rows, r.examined, `step ${r.steps}`, r.label)
await client.end()
await other.end()
