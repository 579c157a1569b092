import { expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { startTestApp } from '../support/app.ts'
import { freshDatabase } from '../support/database.ts'
import { runs } from '../support/runs.ts'
import { sql } from '../support/sql.ts'

/** More of them on demand: what is measured must not depend on it. */
const GUESTS = Number(process.env.BACKLOG ?? runs(1000, 20_000))

const database = await freshDatabase()
const app = await startTestApp({ database })
const { call, db, tenant, wire } = app

/** As an import leaves them: guests with an order each, and the accounts of their addresses, proven long ago. */
async function importPairs(count: number): Promise<void> {
  for (let n = 1; n <= count; n += 4000) await importSome(n, Math.min(n + 3999, count))
}

async function importSome(first: number, last: number): Promise<void> {
  const stem = newId('customer', new Date(Date.now() - 86_400_000)).slice(0, 15)
  const idOf = sql`${stem}::text || kind || lpad(n::text, 15, '0')`
  await db.run([
    sql`insert into customer (tenant, id, email, email_key, status, email_verified_at, claimed_at, order_count, total_spent, spent, created_at, updated_at)
        select ${tenant}, id, 'due' || n || '@example.com', 'due' || n || '@example.com', status,
          case kind when 'a' then now() end, case kind when 'a' then now() end, orders, orders * n,
          case kind when 'g' then jsonb_build_object('USD', jsonb_build_object('amount', n, 'orders', 1)) else '{}' end, id_moment(id), now()
        from generate_series(${first}::int, ${last}::int) n, (values ('g', 'guest', 1), ('a', 'active', 0)) kinds (kind, status, orders),
          lateral (select ${idOf} as id) made`,
    sql`insert into "order" (tenant, id, customer_id, currency, gross, refunded, state, placed_at, version, created_at, updated_at)
        select ${tenant}, 'due' || n, ${idOf}, 'USD', n, 0, 'paid', now(), 1, now(), now()
        from generate_series(${first}::int, ${last}::int) n, (values ('g')) kinds (kind)`,
  ])
}

const total = async (state: string): Promise<number> =>
  (await call('GET', `/merge?state=${state}&count=exact&limit=1`)).body.pagination.total

/** Rows and pages of tables and indexes that were read in this database, as far as it is counted by now. */
async function work(): Promise<number> {
  const [[row] = []] = await db.run([
    sql`select sum(heap_blks_hit + heap_blks_read + idx_blks_hit + idx_blks_read + seq_tup_read)::float8
        + (select sum(idx_tup_read) from pg_stat_user_indexes)::float8 as work
      from pg_statio_user_tables join pg_stat_user_tables using (relid)`,
  ])
  return Number(row?.work)
}

const OF_THE_SWEEP = /lease_due_merges|apply_merges|insert_due_merges/

type Batch = { readonly at: number; readonly statements: number }

/** Notes of each batch when it was merged, and how many statements it was since the one before. */
function watchBatches(): readonly Batch[] {
  const batches: Batch[] = []
  let statements = 0
  wire.faults.always = ({ queries }) => {
    statements += queries.filter(({ query }) => OF_THE_SWEEP.test(query)).length
    if (!queries.some(({ query }) => query.includes('apply_merges'))) return undefined
    batches.push({ at: performance.now(), statements })
    statements = 0
    return undefined
  }
  return batches
}

/** Milliseconds per batch, of the first and the last tenth of them. */
function paceOf(batches: readonly Batch[]) {
  const pace = batches.slice(1).map(({ at }, n) => at - (batches[n]?.at ?? at))
  const middle = (list: number[]) =>
    Math.round(list.toSorted((a, b) => a - b)[list.length >> 1] ?? 0)
  const tenth = Math.ceil(pace.length / 10)
  return {
    first: middle(pace.slice(0, tenth)),
    last: middle(pace.slice(-tenth)),
    longest: Math.round(Math.max(...pace)),
  }
}

test(`${GUESTS} guests that are due are merged in batches that cost the same to the last`, async () => {
  await importPairs(GUESTS)
  const before = await work()
  const batches = watchBatches()
  const left: number[] = []
  for (let done = 0; done < GUESTS; done = await total('done')) {
    expect(left.length).toBeLessThan(GUESTS / 2000 + 3)
    app.advance(61_000)
    await app.cron()
    left.push(await total('pending'))
    if (GUESTS > 2000)
      console.log({ done: await total('done'), pending: left.at(-1) }, paceOf(batches))
  }
  expect(left.at(-1)).toBe(0)

  const costs = batches.slice(1).map(({ statements }) => statements)
  expect(costs.length).toBeGreaterThanOrEqual(GUESTS / 100 - 1)
  // To take the pairs, to merge them, to look for more; and what each run did at its end.
  expect(costs.filter((cost) => cost > 3).length).toBeLessThanOrEqual(left.length)
  expect(((await work()) - before) / GUESTS, 'rows and pages read for each').toBeLessThan(1500)

  const [[sums] = []] = await db.run([
    sql`select sum(order_count)::int as orders, sum(total_spent)::text as spent,
        count(*) filter (where status = 'active' and order_count <> 1)::int as wrong
      from customer where tenant = ${tenant}`,
  ])
  expect(sums).toEqual({ orders: GUESTS, spent: String((GUESTS * (GUESTS + 1)) / 2), wrong: 0 })
  console.log(
    'milliseconds per batch:',
    paceOf(batches),
    'work:',
    ((await work()) - before) / GUESTS,
  )
})
