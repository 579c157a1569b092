import pg from 'pg'
import { expect, inject, test } from 'vitest'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { beside, meanwhile } from '../../support/meanwhile.ts'
import { query } from '../../support/rows.ts'
import { runRequests } from '../../support/scenario.ts'
import { logIn, makeShopper, PASSWORD } from '../../support/shopper.ts'
import { untilWaitedFor } from '../../support/waits.ts'

let onSend: () => Promise<void> = async () => {}
const app = await startTestApp({
  fetch: async () => {
    await onSend()
    return new Response('thanks')
  },
})
const { call, tenant } = app

/** A webhook, and one delivery that is due. */
async function makeDelivery(): Promise<string> {
  await query(`update webhook set events = '{}' where tenant = $1`, [tenant])
  const { body } = await call('POST', '/webhook', {
    body: { url: 'https://shop.example/hook', events: ['customer.created'] },
  })
  await call('POST', '/customer', { body: { email: `of-${body.id}@example.com` } })
  return body.id
}

const deliveriesOf = async (webhook: string) =>
  query<{ status: string; attempts: number }>(
    'select status, attempts from delivery where tenant = $1 and webhook_id = $2',
    [tenant, webhook],
  )

test('of two who lease deliveries of one webhook the second waits, and leases none', async () => {
  const webhook = await makeDelivery()
  let sends = 0
  onSend = async () => void sends++
  await meanwhile(
    `update webhook set leased_until = now() + interval '1 day' where tenant = $1 and id = $2`,
    [tenant, webhook],
    () => app.drain(),
  )
  expect([sends, await deliveriesOf(webhook)]).toEqual([0, [{ status: 'pending', attempts: 0 }]])
})

test('the results of deliveries wait for their webhook before they lock a delivery', async () => {
  const webhook = await makeDelivery()
  const client = new pg.Client(inject('database'))
  await client.connect()
  try {
    // A deadlock would be this transaction's error.
    await client.query(`set deadlock_timeout = '1ms'`)
    onSend = async () => {
      await client.query('begin')
      await client.query('update webhook set updated_at = now() where tenant = $1 and id = $2', [
        tenant,
        webhook,
      ])
    }
    const done = app.drain()
    await untilWaitedFor(client, done)
    await client.query('update delivery set error = null where tenant = $1 and webhook_id = $2', [
      tenant,
      webhook,
    ])
    await client.query('commit')
    await done
  } finally {
    onSend = async () => {}
    await client.end()
  }
  expect(await deliveriesOf(webhook)).toEqual([{ status: 'delivered', attempts: 1 }])
})

test('a try of a password waits for another one of the account, and for its penalty', async () => {
  const shopper = await makeShopper(app)
  const login = async (password: string) =>
    call('POST', '/auth/login', {
      token: await app.storefrontToken(),
      body: { email: shopper.email, password },
    })
  await login('not the right one 42')
  const { waited, answer } = await beside(
    [[`select from failure where tenant = $1 for update`, [tenant]]],
    () => login(PASSWORD),
    [
      [
        `update failure set count = 9, blocked_until = now() + interval '10 minutes' where tenant = $1`,
        [tenant],
      ],
    ],
  )
  expect([waited, answer.status, answer.body.code]).toEqual([true, 429, 'too_many_attempts'])
  await query('delete from failure where tenant = $1', [tenant])
  await logIn(app, shopper)
})

test('the same request waits for its twin, and gets its answer', async () => {
  const headers = { 'Idempotency-Key': 'twins' }
  const body = { email: 'twins@example.com' }
  const ask = () => call('POST', '/customer', { body, headers })
  const first = await ask()
  const [row] = await query<{ scope: string; key: string }>(
    `select scope, key from idempotency where tenant = $1 order by created_at desc limit 1`,
    [tenant],
  )
  const { waited, answer } = await beside(
    [
      [
        `select pg_advisory_xact_lock(hashtextextended($1 || chr(31) || $2 || chr(31) || $3, 0))`,
        [tenant, row?.scope, row?.key],
      ],
      [`update idempotency set answer = answer where tenant = $1 and key = $2`, [tenant, row?.key]],
    ],
    ask,
  )
  expect([waited, answer.text]).toEqual([true, first.text])
})

/** The tables from which the clock's work takes rows. Another run, or a request, may hold them. */
const taken = [
  ...['attempt', 'customer', 'dead_letter', 'delivery', 'email_change', 'event', 'failure'],
  ...['idempotency', 'job', 'mail', 'mail_token', 'merge', 'quota', 'session'],
  ...['session_token', 'signed_out'],
  // Only the old ones: all work on a webhook waits for its row.
  `webhook where id like 'old%' and`,
]
/** How far a scan of customers has come. */
const scans = ['scan_progress']

let old: Promise<TestApp> | undefined

/** A shop with an old row in each of them. While they are held, they stay. */
async function makeOldShop(): Promise<TestApp> {
  const shop = await startTestApp()
  await runRequests(shop, [])
  await shop.cron()
  const longAgo = '2020-01-01T00:00:00Z'
  for (const statement of [
    `insert into attempt (tenant, id, email, email_key, created_at, expires_at) values ($1, 'old', 'old@example.com', 'old@example.com', $2, $2)`,
    `insert into failure (tenant, key, count, last_at, blocked_until) values ($1, 'old', 1, $2, $2)`,
    `insert into mail (tenant, id, template, created_at) values ($1, 'old', 'verify', $2)`,
    `insert into signed_out (tenant, customer_id, at) values ($1, 'old', $2)`,
    `insert into session_token (tenant, hash, session_id, customer_id, issued_at, expires_at)
      select tenant, 'old', id, customer_id, $2, $2 from session where tenant = $1 limit 1`,
    // Who is counted anew is locked, and rightly.
    `update customer set order_count = 0 where tenant = $1 and email = 'counted@example.com' and $2 <> ''`,
    `update dead_letter set created_at = $2 where tenant = $1`,
    `update event set at = $2 where tenant = $1`,
    `insert into webhook (tenant, id, url, events, status, secret, created_at, updated_at)
      select $1, id, 'https://old.example', '{}', 'deleted', 'old', $2, $2 from unnest(array['old', 'old-delivered', 'old-pending']) id`,
    `insert into delivery (tenant, id, webhook_id, event_id, status, next_attempt_at, created_at, settled_at)
      select $1, 'old-' || status, 'old-' || status, (select min(id) from event where tenant = $1), status, '3000-01-01', $2::timestamptz,
        case status when 'delivered' then $2::timestamptz end from unnest(array['delivered', 'pending']) status`,
    `insert into merge (tenant, id, state, survivor_id, merged_id, automatic, created_at)
      select $1, 'old', 'pending', max(id), min(id), true, $2 from customer where tenant = $1`,
  ])
    await query(statement, [shop.tenant, longAgo])
  shop.advance(100 * 86_400_000)
  return shop
}

/** A scan that is over has left its place. */
const beginScans = ({ tenant: of }: TestApp) =>
  query(
    `insert into scan_progress (tenant, task, position, examined, hits, started_at)
      select $1, task, '', 0, 0, '2020-01-01' from unnest(array['merges', 'guests', 'counters']) task on conflict do nothing`,
    [of],
  )

const rowsOf = (table: string) =>
  table.includes(' where ') ? `${table} tenant = $1` : `${table} where tenant = $1`

async function countIn(table: string, { tenant: of }: TestApp): Promise<number> {
  return (await query(`select from ${rowsOf(table)}`, [of])).length
}

/** Tables of which the clock's work takes old rows away. */
const emptied = ['attempt', 'dead_letter', 'delivery', 'event', 'failure', 'mail', 'webhook']

test.each([
  ['an old row', taken],
  ['the place of a scan', scans],
])('the work of the clock waits for nobody who holds %s', async (_, tables) => {
  old ??= makeOldShop()
  const shop = await old
  await beginScans(shop)
  for (const table of tables) {
    expect([table, await countIn(table, shop)]).not.toEqual([table, 0])
  }
  const { waited } = await beside(
    tables.map((table) => [`select from ${rowsOf(table)} for update`, [shop.tenant]]),
    async () => {
      await shop.cron('17 3 * * *')
      await shop.cron()
    },
  )
  expect(waited).toBe(false)
})

test('these rows were due: once nobody holds them, they are taken', async () => {
  old ??= makeOldShop()
  const shop = await old
  await shop.cron('17 3 * * *')
  await shop.cron()
  for (const table of emptied) {
    const rows = await query(`select from ${table} where tenant = $1 and id like 'old%'`, [
      shop.tenant,
    ]).catch(() => query(`select from ${table} where tenant = $1 and key = 'old'`, [shop.tenant]))
    expect([table, rows.length]).toEqual([table, 0])
  }
})
