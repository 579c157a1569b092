import { parseArgs } from 'node:util'
import type pg from 'pg'
import { readCustomers } from './expected-list/read-customers.ts'
import { SortedRows } from './expected-list/sorted-rows.ts'
import { checkCase } from './list-check/check.ts'
import { randomCase } from './list-check/make-list-cases.ts'
import { Tally } from './list-check/tally.ts'
import { seededDraws } from './typo/people-and-misspelt-names.ts'
import { withConnection } from './with-connection.ts'

/**
 * Reads lists of a filled tenant page by page, as a client does, and compares each row and each total with a reference that has all
 * customers in memory and no SQL. Nothing may be written meanwhile. Each case has a seed of its own, one more than the case before it;
 * `--seed 42 --cases 1` repeats one. Ends with 1 if anything differs.
 */
const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    tenant: { type: 'string', default: 'demo' },
    cases: { type: 'string', default: '300' },
    seed: { type: 'string', default: '7' },
    worst: { type: 'string', default: '6' },
  },
})
const { tenant } = values
const [cases, firstSeed] = [Number(values.cases), Number(values.seed)]
const now = new Date(Date.UTC(2026, 10, 22))

/** So many cases are told of at a time. */
const TOLD = 25
const seconds = () => (performance.now() / 1000).toFixed(0)

async function sweep(client: pg.Client): Promise<void> {
  const customers = await readCustomers(client, tenant)
  const mib = (process.memoryUsage().rss / 2 ** 20).toFixed(0)
  console.log(`${customers.size} customers are read, ${seconds()} s, ${mib} MiB`)
  const world = { client, customers, orders: new SortedRows(customers), tenant, now }
  const tally = new Tally()
  for (let seed = firstSeed; seed < firstSeed + cases; seed++) {
    const random = seededDraws(seed)
    const { filter, sort } = randomCase(random)
    const label = `${JSON.stringify(filter)} ${sort}, seed ${seed}`
    const outcome = await checkCase(world, { filter, sort }, random)
    tally.add(label, outcome)
    for (const problem of outcome.problems) console.log(`WRONG ${label}\n  ${problem}`)
    const done = seed - firstSeed + 1
    if (done % TOLD === 0) console.log(`${done} cases, ${seconds()} s`)
  }
  const { wrong } = tally.sums
  console.log(tally.lines(Number(values.worst)).join('\n'))
  console.log(`${cases} cases from seed ${firstSeed}`, tally.sums)
  if (wrong > 0) process.exitCode = 1
}

await withConnection(values.url ?? '', sweep)
