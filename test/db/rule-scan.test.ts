import { expect, test } from 'vitest'
import { startTestApp } from '../support/app.ts'
import { analyzedDatabase } from '../support/database.ts'
import { sql } from '../support/sql.ts'

/** More than are added to a group at once. */
const CROWD = 1100
/** The rows that one customer or one page may take: far fewer than the crowd. */
const FEW = 200

// With one session, the plans that were made for tables without a row of a rule are those that the later work uses.
const app = await startTestApp({ database: await analyzedDatabase(), sessions: 1, frozen: true })
const { call, tenant } = app
const DAY = 86_400_000
const rule = { minOrders: 1, lastOrderAfter: '-90d' }
const now = () => app.runtime.now().toISOString()

/** The rows and the entries of indexes that were read, by the session that asks. */
async function readSoFar(): Promise<number> {
  await app.db.run([sql`select pg_stat_force_next_flush()`])
  const [[row] = []] = await app.db.run([
    sql`select ((select sum(idx_tup_read) from pg_stat_user_indexes) + (select sum(seq_tup_read) from pg_stat_user_tables))::int as n`,
  ])
  return Number(row?.n)
}

async function readBy(work: () => Promise<unknown>): Promise<number> {
  const before = await readSoFar()
  await work()
  return (await readSoFar()) - before
}

const change = async (method: string, path: string, body?: object) => {
  const { status } = await call(method, path, { body })
  expect(status, `${method} ${path}`).toBeLessThan(300)
}
const order = (id: string, n: string) =>
  change('PUT', `/customer/${id}/order/${n}`, {
    ...{ total: 2500, refunded: 0, currency: 'USD', state: 'paid', version: 1 },
    placedAt: now(),
  })
const minute = async () => {
  await app.cron()
  await app.drain()
}
const drained = async (work: Promise<unknown>) => {
  await work
  await app.drain()
}

let people = 0
/** Customers who have not ordered yet, with what was told of them. */
async function crowd(size: number): Promise<string[]> {
  const [first, last] = [people + 1, people + size]
  people = last
  const [rows = []] = await app.db.run([
    sql`insert into customer (tenant, id, email, email_key, status, sequence, created_at, updated_at)
      select ${tenant}, id, id || '@example.com', id || '@example.com', 'active', 1, id_moment(id), id_moment(id)
      from generate_series(${first}::int, ${last}::int) n, lateral (select 'cust_01m8' || lpad(n::text, 22, '0') as id) made
      returning id`,
    sql`insert into event (tenant, id, customer_id, sequence, type, data, actor, at)
      select tenant, 'evt_' || substr(id, 6), id, 1, 'customer.created', '{}', '{"type":"system"}', created_at
      from customer where tenant = ${tenant} and id > 'cust_01m8' || lpad(${first - 1}::text, 22, '0')`,
  ])
  return rows.map(({ id }) => String(id))
}

type Step = {
  readonly name: string
  /**
   * What each of the crowd may take: its row, its entry of lists, memberships and moments, before and after, and the same for its event. A
   * statement of fifty that reads the whole crowd takes twenty more for each. Beside other work, index entries of old versions are read as
   * well: up to ten for each.
   */
  readonly each?: number
  readonly work: () => Promise<unknown>
}

/** The life of a group with a rule that everybody meets. */
function life(one: string, key: string): Step[] {
  const group = `/group/${key}`
  const changed = (to: object | null) => change('PATCH', group, { rule: to })
  return [
    { name: 'a rule is tried', each: 15, work: () => change('POST', '/group-preview', { rule }) },
    { name: 'a group is made', work: () => change('POST', '/group', { key, rule }) },
    { name: 'its rule is carried out', each: 60, work: () => app.drain() },
    { name: 'its members are listed', work: () => change('GET', `${group}/member`) },
    { name: 'the groups of one are listed', work: () => change('GET', `/customer/${one}/group`) },
    { name: 'the group is read', work: () => change('GET', group) },
    { name: 'one is judged', work: () => drained(order(one, key)) },
    {
      name: 'one is added by hand',
      work: () => drained(change('POST', `/customer/${one}/group`, { group: key })),
    },
    {
      name: 'one is left to the rule',
      work: () => drained(change('DELETE', `/customer/${one}${group}`)),
    },
    {
      name: 'one who is held by the rule alone is not removed',
      work: async () => expect((await call('DELETE', `/customer/${one}${group}`)).status).toBe(409),
    },
    { name: 'a minute passes', work: minute },
    { name: 'the rule is changed', work: () => changed({ minOrders: 2 }) },
    { name: 'the change is carried out', each: 61, work: () => app.drain() },
    { name: 'the rule comes back', each: 65, work: () => drained(changed(rule)) },
    { name: 'the rule is taken away', each: 67, work: () => drained(changed(null)) },
    {
      name: 'all are added by hand',
      each: 60,
      work: () => drained(change('POST', `${group}/member`, { add: { filter: { minOrders: 1 } } })),
    },
    { name: 'the group is deleted', each: 40, work: () => drained(change('DELETE', group)) },
  ]
}

test('in a shop that never had a rule, nothing reads more rows than it has to', async () => {
  const [one = ''] = await crowd(CROWD)
  // By its statistics, it has a million customers. The background process would correct them, if the test takes more than a minute.
  await app.db.run([
    sql`do $$ declare one regclass; begin
      for one in select oid from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
        loop execute format('alter table %s set (autovacuum_enabled = off)', one); end loop;
    end $$`,
    sql`analyze`,
    sql`update pg_class set reltuples = reltuples * 500 where relname in ('customer', 'event')`,
  ])
  await change('POST', '/webhook', { url: 'https://shop.example/hook', events: ['*'] })
  await order(one, 'first')
  await change('POST', '/group', { key: 'waits', rule: { ...rule, lastOrderAfter: '-80d' } })
  await app.drain()
  for (const { work } of life(one, 'planned')) await work()
  app.advance(100 * DAY)
  await minute()
  await app.db.run([
    sql`update customer set order_count = 1, last_order_at = ${now()}, last_order_key = ${now()} where tenant = ${tenant}`,
  ])
  await drained(change('POST', '/group', { key: 'waits-too', rule: { minOrders: 1 } }))
  await drained(change('PATCH', '/group/waits', { rule: { ...rule, lastOrderAfter: '-81d' } }))
  const inTime = async () => {
    app.advance(81 * DAY + 1)
    await minute()
  }
  const steps = [...life(one, 'grown'), { name: 'all moments come', each: 98, work: inTime }]
  const over: string[] = []
  for (const { name, each = 0, work } of steps) {
    const [read, most] = [await readBy(work), FEW + each * CROWD]
    if (read > most) over.push(`${name}: ${read} rows, not ${most}`)
  }
  expect(over).toEqual([])
})
