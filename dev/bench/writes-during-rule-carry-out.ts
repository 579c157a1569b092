import type pg from 'pg'
import { withConnection } from '../with-connection.ts'
import { BENCH_TENANT, type BenchService, type BenchServiceOptions } from './bench-service.ts'
import { fetchAnswerJson } from './rule-cases-and-answer-json.ts'
import { runCronUntilNothingLeft } from './run-cron-minutes.ts'
import { LOG_SETTINGS } from './server-log.ts'
import { measureWritesDuringWork, type Phase, type Shop } from './writes-during-work.ts'

/** For `startBenchService`. Neon keeps its pages elsewhere, and writes no images of them to the log. */
export const ruleCarryOutServiceOptions: BenchServiceOptions = {
  settings: { ...LOG_SETTINGS, full_page_writes: 'off' },
}

const KEY = 'ordered'
const BY_HAND = 'by-hand'
const DUE = 10_000
const heading = `${'while'.padEnd(44)}   seconds   writes/s      p50      p99   waits of 10 ms   longest   changes   log KB each   moments`

/**
 * How long the writes of others wait while a group with a rule is made, changed and deleted over all customers, and while the moments of
 * many come at once. Some of the writes go where the work is just then.
 */
export async function measureWritesDuringCarryOut(
  stage: BenchService,
  say: (line: string) => void,
): Promise<void> {
  await withConnection(stage.databaseUrl, async (client) => {
    const shop: Shop = { stage, client, group: 'bystander', quietLog: 0 }
    await fetchAnswerJson(stage, { method: 'POST', path: '/group', body: { key: shop.group } })
    say(heading)
    const told = async (name: string, work: () => Promise<unknown>, at = shop) => {
      const before = await membersOf(client)
      const phase = await measureWritesDuringWork(at, work)
      say(row(name, phase, Math.abs((await membersOf(client)) - before), await moments(client)))
      for (const line of phase.notes) say(`  ${line}`)
      return phase
    }
    await measureWritesDuringWork(shop, () => sleep(5000))
    const quiet = await told('nothing else happens', () => sleep(20_000))
    const during = { ...shop, quietLog: quiet.logBytes / quiet.seconds }
    const group = (method: string, body: object) => () =>
      fetchAnswerJson(stage, { method, path: method === 'POST' ? '/group' : `/group/${KEY}`, body })
    const first = group('POST', { key: KEY, rule: { minOrders: 1 } })
    const second = group('PATCH', { rule: { minOrders: 1, lastOrderAfter: '-90d' } })
    await told('{"minOrders":1} is carried out', first, { ...during, group: KEY })
    await told('changed to {…,"lastOrderAfter":"-90d"}', second, { ...during, group: KEY })
    await makeDue(client)
    await told(
      `the moments of ${DUE} come`,
      () => runCronUntilNothingLeft(stage, client, new Date()),
      during,
    )
    await told('all who match are added by hand', () => addAll(stage), during)
    await told('their group is deleted', () => remove(stage), during)
  })
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const remove = ({ workerd, token }: BenchService) =>
  fetch(`${workerd.urlOf('service')}/group/${BY_HAND}`, {
    method: 'DELETE',
    headers: { Authorization: `Bearer ${token}` },
  })

const addAll = (stage: BenchService) =>
  fetchAnswerJson(stage, {
    method: 'POST',
    path: `/group/${BY_HAND}/member`,
    body: { add: { filter: { minOrders: 1 } } },
  })

/** The orders of some customers become ninety days older, in the ledger, too, and so do the moments that follow from them. */
async function makeDue(client: pg.Client): Promise<void> {
  await client.query('set session_replication_role = replica')
  await client.query(
    `with due as (update rule_moment set next_at = next_at - interval '90 days' where (tenant, group_key, customer_id) in (
        select tenant, group_key, customer_id from rule_moment where tenant = $1 order by next_at limit $2) returning customer_id),
      moved as (update "order" set placed_at = placed_at - interval '90 days'
        where tenant = $1 and customer_id in (select customer_id from due)),
      older as (update customer set last_order_at = last_order_at - interval '90 days', last_order_key = last_order_key - interval '90 days'
        where tenant = $1 and id in (select customer_id from due) returning id, last_order_key)
      update list_entry e set last_order_key = older.last_order_key from older where e.tenant = $1 and e.listed and e.id = older.id`,
    [BENCH_TENANT, DUE],
  )
  await client.query('reset session_replication_role')
}

const numberOf = async (client: pg.Client, from: string): Promise<number> =>
  Number((await client.query(`select count(*)::int as n from ${from}`, [BENCH_TENANT])).rows[0].n)
const moments = (client: pg.Client) => numberOf(client, 'rule_moment where tenant = $1')
const membersOf = (client: pg.Client) =>
  numberOf(client, `membership where tenant = $1 and group_key in ('${KEY}', '${BY_HAND}')`)

function row(name: string, phase: Phase, changes: number, kept: number): string {
  const { seconds, writes, waits, logBytes } = phase
  return [
    name.padEnd(44),
    seconds.toFixed(0).padStart(10),
    String(writes.rps).padStart(11),
    writes.p50.toFixed(1).padStart(9),
    writes.p99.toFixed(1).padStart(9),
    String(waits.length).padStart(17),
    Math.max(0, ...waits.map(({ ms }) => ms))
      .toFixed(0)
      .padStart(10),
    String(changes).padStart(10),
    (changes === 0 ? '' : (logBytes / changes / 1024).toFixed(1)).padStart(14),
    String(kept).padStart(10),
  ].join('')
}
