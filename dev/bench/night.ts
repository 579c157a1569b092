import type pg from 'pg'
import { newId } from '#kernel/id'
import { daily } from '../../src/cron/schedule.ts'
import { connected } from '../connected.ts'
import { runMinutes } from './minute.ts'
import { type Phase, type Shop, watch } from './phase.ts'
import { ask } from './rule-case.ts'
import { type Stage, TENANT } from './stage.ts'

const DAY_MS = 86_400_000
const QUIET_MS = 20_000
const heading = `${'while'.padEnd(36)}   seconds  minutes   writes/s      p50      p95      p99   p95 of quiet   waits of 10 ms      work   log KB each`

/**
 * How long the writes of others take while the clock works: while a backlog of merges is done, and while a night deletes the events of
 * all customers, deletes old guests, and compares all counters. Minutes follow each other without a pause, which is more than a real clock does.
 */
export async function measureNight(
  stage: Stage,
  merges: number,
  say: (line: string) => void,
): Promise<void> {
  await connected(stage.databaseUrl, async (client) => {
    const ids = await lasting(client, stage.ids)
    const shop: Shop = { stage: { ...stage, ids }, client, group: 'bystander', quietLog: 0 }
    await ask(stage, { method: 'POST', path: '/group', body: { key: shop.group } })
    const now = new Date()
    await runMinutes(stage, client, now)
    await importPairs(client, merges)
    await client.query(`update event set at = at - interval '3 years' where tenant = $1`, [TENANT])
    await client.query('vacuum analyze')
    say(heading)
    await watch(shop, () => sleep(5000))
    const quiet = await watch(shop, () => sleep(QUIET_MS))
    say(row('nothing else happens', quiet, quiet))
    const during = { ...shop, quietLog: quiet.logBytes / quiet.seconds }
    let minutes = 0
    const work = (from: Date) => async () => {
      minutes = await runMinutes(stage, client, from)
    }
    const night = daily(3, 17)(new Date(now.getTime() + DAY_MS))
    for (const [name, from, left] of [
      [`${merges} merges`, now.getTime() + DAY_MS / 24, pendingMerges],
      ['a night', night.getTime(), oldEvents],
    ] as const) {
      const before = await left(client)
      const phase = await watch(during, work(new Date(from)))
      say(row(name, phase, quiet, { minutes, work: before - (await left(client)) }))
      for (const line of phase.notes) say(`  ${line}`)
    }
    const after = await watch(shop, () => sleep(QUIET_MS))
    say(row('nothing else happens', after, quiet))
  })
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Those of some customers whom no night deletes. */
async function lasting(client: pg.Client, ids: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select id from customer where tenant = $1 and id = any($2) and status <> 'guest' order by hashtext(id)`,
    [TENANT, ids],
  )
  return rows.map(({ id }) => id)
}

const numberOf = async (client: pg.Client, from: string): Promise<number> =>
  Number((await client.query(`select count(*)::int as n from ${from}`, [TENANT])).rows[0].n)
const pendingMerges = (client: pg.Client) =>
  numberOf(
    client,
    `customer where tenant = $1 and status = 'guest' and starts_with(email_key, 'due')`,
  )
const oldEvents = (client: pg.Client) =>
  numberOf(client, `event where tenant = $1 and at < now() - interval '400 days'`)

/** As an import leaves them: guests with an order each, and the accounts of their addresses, proven long ago. */
async function importPairs(client: pg.Client, count: number): Promise<void> {
  const stem = newId('customer', new Date(Date.now() - DAY_MS)).slice(0, 15)
  const id = `$2::text || kind || lpad(n::text, 15, '0')`
  await client.query(
    `insert into customer (tenant, id, email, email_key, status, email_verified_at, claimed_at, order_count, total_spent, spent, created_at, updated_at)
      select $1, id, 'due' || n || '@example.com', 'due' || n || '@example.com', status,
        case kind when 'a' then now() end, case kind when 'a' then now() end, orders, orders * n,
        case kind when 'g' then jsonb_build_object('USD', jsonb_build_object('amount', n, 'orders', 1)) else '{}' end, id_moment(id), now()
      from generate_series(1, $3::int) n, (values ('g', 'guest', 1), ('a', 'active', 0)) kinds (kind, status, orders),
        lateral (select ${id} as id) made`,
    [TENANT, stem, count],
  )
  await client.query(
    `insert into "order" (tenant, id, customer_id, currency, gross, refunded, state, placed_at, version, created_at, updated_at)
      select $1, 'due' || n, ${id}, 'USD', n, 0, 'paid', now(), 1, now(), now()
      from generate_series(1, $3::int) n, (values ('g')) kinds (kind)`,
    [TENANT, stem, count],
  )
}

function row(
  name: string,
  { seconds, writes, waits, logBytes }: Phase,
  quiet: Phase,
  done?: { readonly minutes: number; readonly work: number },
): string {
  return [
    name.padEnd(36),
    seconds.toFixed(0).padStart(10),
    String(done?.minutes ?? '').padStart(9),
    String(writes.rps).padStart(11),
    writes.p50.toFixed(1).padStart(9),
    writes.p95.toFixed(1).padStart(9),
    writes.p99.toFixed(1).padStart(9),
    (writes.p95 / quiet.writes.p95).toFixed(2).padStart(15),
    String(waits.length).padStart(17),
    String(done?.work ?? '').padStart(10),
    (done === undefined ? '' : (logBytes / done.work / 1024).toFixed(1)).padStart(14),
  ].join('')
}
