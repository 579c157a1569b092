import type pg from 'pg'
import { withConnection } from '../with-connection.ts'
import { BENCH_TENANT, type BenchService } from './bench-service.ts'
import { fetchAnswerJson } from './rule-cases-and-answer-json.ts'
import { runAllJobs, runNextJobs, sendBatchToWorker } from './run-jobs.ts'

const ORDERS = 2000
const BATCH = 100

/** Rules as shops write them, each a little different. */
const shapes: ((n: number) => object)[] = [
  (n) => ({ minOrders: 2 + n }),
  (n) => ({ minSpent: 50_000 + 1000 * n }),
  (n) => ({ minOrders: 1, lastOrderAfter: `-${30 + n}d` }),
  (n) => ({ minOrders: 2, lastOrderBefore: `-${180 + n}d` }),
  (n) => ({ group: ['newsletter'], emailVerified: true, createdAfter: `-${60 + n}d` }),
]

/** What it costs to judge the customers of new orders in a shop with some rules, from the message of an order to the last membership. */
export async function measureJudging(
  stage: BenchService,
  say: (line: string) => void,
): Promise<void> {
  await withConnection(stage.databaseUrl, async (client) => {
    say(
      'rules    orders/s  statements per 100   database ms per order: recorded  announced  judged',
    )
    let made = 0
    for (const rules of [0, 5, 50]) {
      for (; made < rules; made++) {
        const rule = shapes[made % shapes.length]?.(made)
        await fetchAnswerJson(stage, {
          method: 'POST',
          path: '/group',
          body: { key: `rule${made}`, rule },
        })
      }
      await runAllJobs(stage, client)
      await client.query('vacuum analyze')
      say(row(rules, await judgeOrders(stage, client, rules)))
    }
  })
}

type Figures = { readonly seconds: number; readonly statements: number; readonly ms: number[] }

async function judgeOrders(stage: BenchService, client: pg.Client, run: number): Promise<Figures> {
  const ids = stage.ids.slice(0, ORDERS)
  const steps = [
    async () => {
      for (let at = 0; at < ids.length; at += BATCH) {
        const orders = ids
          .slice(at, at + BATCH)
          .map((id, n) => order(id, `judged-${run}-${at + n}`))
        await sendBatchToWorker(stage, 'customer-order', orders)
      }
    },
    () => runAllJobs(stage, client, ['announce']),
    async () => {
      while ((await runNextJobs(stage, client, { kinds: ['judge'] })) > 0);
    },
  ]
  await stage.wire.counts()
  const started = performance.now()
  const ms: number[] = []
  for (const step of steps) {
    const before = stage.cpu().database
    await step()
    ms.push((stage.cpu().database - before) / ids.length)
  }
  const seconds = (performance.now() - started) / 1000
  const { statements } = await stage.wire.counts()
  await runAllJobs(stage, client)
  return { seconds, statements, ms }
}

const order = (customerId: string, orderId: string) => ({
  tenant: BENCH_TENANT,
  customerId,
  orderId,
  total: 2500,
  currency: 'USD',
  state: 'paid',
  placedAt: new Date().toISOString(),
  version: 1,
})

const row = (rules: number, { seconds, statements, ms }: Figures): string =>
  [
    String(rules).padEnd(8),
    (ORDERS / seconds).toFixed(0).padStart(9),
    ((statements / ORDERS) * 100).toFixed(1).padStart(20),
    ''.padStart(25),
    ...ms.map((one) => one.toFixed(2).padStart(10)),
  ].join('')
