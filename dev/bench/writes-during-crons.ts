import type pg from 'pg'
import { newId } from '#kernel/id'
import { dailyScheduleAt } from '../../src/cron/schedule.ts'
import { fillEvents } from '../fill/statement.ts'
import { withReleaseFunctionNames } from '../fill.ts'
import { withConnection } from '../with-connection.ts'
import { BENCH_TENANT, type BenchService } from './bench-service.ts'
import { fetchAnswerJson } from './rule-cases-and-answer-json.ts'
import { oneMinuteAfter, runCronMinute, runCronUntilNothingLeft } from './run-cron-minutes.ts'
import { measureWritesDuringWork, type Phase, type Shop } from './writes-during-work.ts'

const DAY_MS = 86_400_000
const QUIET_MS = 10_000
const heading = `${'while'.padEnd(20)}   seconds  minutes        p50 (ms)            p95 (ms)            p99 (ms)   p95 of quiet   waits of 10 ms      work   log KB each`

/** The speed of writes during one minute of cron (`busy`), and right before and after it (`quiet`). */
type Minute = { readonly busy: Phase; readonly quiet: readonly [Phase, Phase] }

/**
 * How long the writes of others take while the clock works: while a backlog of merges is done, and while a night deletes the events of
 * all customers and old guests, and compares all counters. Each minute is compared with the seconds around it: other work on the machine
 * disturbs both alike.
 */
export async function measureWritesDuringCrons(
  stage: BenchService,
  merges: number,
  say: (line: string) => void,
): Promise<void> {
  await withConnection(stage.databaseUrl, async (client) => {
    const ids = await lasting(client, stage.ids)
    const shop: Shop = {
      stage: { ...stage, ids },
      client,
      group: `bystander-${Date.now().toString(36)}`,
      quietLog: 0,
    }
    await fetchAnswerJson(stage, { method: 'POST', path: '/group', body: { key: shop.group } })
    const now = new Date()
    // In a database that was kept, an earlier run has set the clock ahead.
    await client.query('update tick set due_at = least(due_at, now())')
    await runCronUntilNothingLeft(stage, client, now)
    // A night of an earlier run has deleted the events of a database that was kept. The pairs that follow have none: their sequence is 0.
    const events = withReleaseFunctionNames(`${fillEvents} on conflict do nothing`)
    // The trigger of events ends a transaction that takes as long.
    await client.query('set session_replication_role = replica')
    await client.query(events, [BENCH_TENANT, 'USD'])
    await client.query('reset session_replication_role')
    // A database that was kept may have pairs of an earlier run.
    if ((await guestsLeft(client)) === 0) await importPairs(client, merges)
    // The scan for due guests reads 10,000 in a minute, in the order of their addresses. It begins right before these.
    await client.query(
      `update scan_progress set position = 'du' where tenant = $1 and task = 'merges'`,
      [BENCH_TENANT],
    )
    await client.query(`update event set at = at - interval '3 years' where tenant = $1`, [
      BENCH_TENANT,
    ])
    await client.query('vacuum analyze')
    await measureWritesDuringWork(shop, () => sleep(QUIET_MS))
    say(heading)
    const night = dailyScheduleAt(3, 17)(new Date(now.getTime() + DAY_MS))
    for (const [name, from, left] of [
      [`${merges} merges`, new Date(now.getTime() + DAY_MS / 24), guestsLeft],
      ['a night', night, oldEvents],
    ] as const) {
      const before = await left(client)
      const minutes = await minutesFrom(from, shop)
      say(row(name, minutes, before - (await left(client))))
    }
  })
}

async function minutesFrom(from: Date, shop: Shop): Promise<Minute[]> {
  const { stage, client } = shop
  const minutes: Minute[] = []
  const rest = () => measureWritesDuringWork(shop, () => sleep(QUIET_MS))
  let before = await rest()
  for (let [at, isLeft] = [from, true]; isLeft; at = oneMinuteAfter(at)) {
    const quietLog = before.logBytes / before.seconds
    const busy = await measureWritesDuringWork({ ...shop, quietLog }, async () => {
      isLeft = await runCronMinute(stage, client, at)
    })
    const after = await rest()
    minutes.push({ busy, quiet: [before, after] })
    before = after
  }
  return minutes
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Those of some customers whom no night deletes. */
async function lasting(client: pg.Client, ids: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select id from customer where tenant = $1 and id = any($2) and status <> 'guest' order by hashtext(id)`,
    [BENCH_TENANT, ids],
  )
  return rows.map(({ id }) => id)
}

const numberOf = async (client: pg.Client, from: string): Promise<number> =>
  Number((await client.query(`select count(*)::int as n from ${from}`, [BENCH_TENANT])).rows[0].n)
const guestsLeft = (client: pg.Client) =>
  numberOf(
    client,
    `customer where tenant = $1 and status = 'guest' and starts_with(email_key, 'due')`,
  )
const oldEvents = (client: pg.Client) =>
  numberOf(client, `event where tenant = $1 and at < now() - interval '400 days'`)

/** As an import leaves them: guests with an order each, and the accounts of their addresses, proven long ago. */
async function importPairs(client: pg.Client, count: number): Promise<void> {
  const stem = newId('customer', new Date(Date.now() - DAY_MS)).slice(0, 15)
  // A database that was kept has the accounts of earlier runs.
  const name = `due-${Date.now().toString(36)}-`
  const id = `$2::text || kind || lpad(n::text, 15, '0')`
  await client.query(
    `insert into customer (tenant, id, email, email_key, status, email_verified_at, claimed_at, order_count, total_spent, spent, created_at, updated_at)
      select $1, id, email, email, status,
        case kind when 'a' then now() end, case kind when 'a' then now() end, orders, orders * n,
        case kind when 'g' then jsonb_build_object('USD', jsonb_build_object('amount', n, 'orders', 1)) else '{}' end, id_moment(id), now()
      from generate_series(1, $3::int) n, (values ('g', 'guest', 1), ('a', 'active', 0)) kinds (kind, status, orders),
        lateral (select ${id} as id, $4 || n || '@example.com' as email) made`,
    [BENCH_TENANT, stem, count, name],
  )
  await client.query(
    `insert into "order" (tenant, id, customer_id, currency, gross, refunded, state, placed_at, version, created_at, updated_at)
      select $1, $4 || n, ${id}, 'USD', n, 0, 'paid', now(), 1, now(), now()
      from generate_series(1, $3::int) n, (values ('g')) kinds (kind)`,
    [BENCH_TENANT, stem, count, name],
  )
}

const median = (list: readonly number[]): number =>
  list.toSorted((a, b) => a - b)[list.length >> 1] ?? Number.NaN

function row(name: string, minutes: readonly Minute[], work: number): string {
  const sum = (of: (phase: Phase) => number) => minutes.reduce((all, { busy }) => all + of(busy), 0)
  const beside = (key: 'p50' | 'p95' | 'p99') => {
    const quiet = median(minutes.flatMap((one) => one.quiet.map(({ writes }) => writes[key])))
    const busy = median(minutes.map((one) => one.busy.writes[key]))
    return `${quiet.toFixed(1)} → ${busy.toFixed(1)}`.padStart(20)
  }
  const ratios = minutes.map(
    ({ busy, quiet: [before, after] }) =>
      (2 * busy.writes.p95) / (before.writes.p95 + after.writes.p95),
  )
  return [
    name.padEnd(20),
    sum(({ seconds }) => seconds)
      .toFixed(0)
      .padStart(10),
    String(minutes.length).padStart(9),
    beside('p50'),
    beside('p95'),
    beside('p99'),
    median(ratios).toFixed(2).padStart(15),
    String(sum(({ waits }) => waits.length)).padStart(17),
    String(work).padStart(10),
    (sum(({ logBytes }) => logBytes) / work / 1024).toFixed(1).padStart(14),
  ].join('')
}
