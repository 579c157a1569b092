import { parseArgs } from 'node:util'
import pg from 'pg'
import type { CustomerFilter } from '../src/core/customer/filter.ts'
import { setPlannerForCount } from '../src/core/customer/generated/query.ts'
import { type CountMode, countStatement } from '../src/core/customer/list/count.ts'
import { filterConditions } from '../src/core/customer/list/filter-conditions.ts'

/** Times counts of a filled tenant in its database: each filter alone and each pair, exact and capped, first and warm. */
const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    tenant: { type: 'string', default: 'demo' },
    worst: { type: 'string', default: '8' },
  },
})

const alone: readonly CustomerFilter[] = [
  { group: ['rare'] },
  { group: ['staff'] },
  { group: ['vip'] },
  { group: ['wholesale'] },
  { group: ['newsletter'] },
  { group: ['vip', 'wholesale'] },
  { groupNot: ['newsletter'] },
  { q: 'felix' },
  { q: 'felix wei' },
  { q: 'zzq' },
  { q: 'an' },
  { country: 'DE' },
  { country: 'IS' },
  { metadata: { tier: 'platinum' } },
  { metadata: { tier: 'gold' } },
  { metadata: { source: 'web' } },
  { status: ['guest'] },
  { status: ['disabled'] },
  { emailVerified: false },
  { minOrders: 1 },
  { minOrders: 20 },
  { maxOrders: 0 },
  { minSpent: 1_000_000 },
  { createdBefore: '2022-12-20' },
  { lastOrderAfter: '-30d' },
  { updatedAfter: '-7d' },
]
const pairs = alone.flatMap((one, i) =>
  alone
    .slice(i + 1)
    .flatMap((other) =>
      Object.keys(one).some((key) => Object.hasOwn(other, key)) ? [] : [{ ...one, ...other }],
    ),
)

const client = new pg.Client(values.url)
await client.connect()
const now = new Date()
const prepare = setPlannerForCount({}).sent

async function once(filter: CustomerFilter, counting: CountMode) {
  const { sent, result } = countStatement(filterConditions(values.tenant, filter, now), counting)
  await client.query('begin')
  await client.query(prepare.text, [...prepare.values])
  const from = performance.now()
  const { rows } = await client.query(sent.text, [...sent.values])
  const ms = performance.now() - from
  await client.query('commit')
  return { ms, count: result(rows) }
}

const median = (list: readonly number[]) => list.toSorted((a, b) => a - b)[list.length >> 1] ?? 0

for (const counting of ['exact', 'capped'] as const) {
  for (const [name, filters] of [
    ['alone', alone],
    ['pairs', pairs],
  ] as const) {
    const rows: { label: string; first: number; warm: number }[] = []
    for (const filter of filters) {
      const { ms: first, count } = await once(filter, counting)
      const again = [
        await once(filter, counting),
        await once(filter, counting),
        await once(filter, counting),
      ]
      const label = `${JSON.stringify(filter)} ${count.total}${count.totalIsExact ? '' : '+'}`
      rows.push({ label, first, warm: median(again.map(({ ms }) => ms)) })
    }
    const all = rows.map(({ warm }) => warm).toSorted((a, b) => a - b)
    const at = (q: number) =>
      (all[Math.min(all.length - 1, Math.floor(all.length * q))] ?? 0).toFixed(1)
    console.log(
      `${counting} ${name} (${all.length}): p50 ${at(0.5)} p95 ${at(0.95)} max ${at(1)} ms`,
    )
    for (const { label, first, warm } of rows
      .toSorted((a, b) => b.warm - a.warm)
      .slice(0, Number(values.worst))) {
      console.log(
        `  ${warm.toFixed(1).padStart(7)} first ${first.toFixed(1).padStart(7)}  ${label}`,
      )
    }
  }
}
await client.end()
