import { expect, test } from 'vitest'
import { startTestApp } from '../../support/app.ts'
import { freshDatabase } from '../../support/database.ts'
import { beside } from '../../support/meanwhile.ts'
import { query } from '../../support/rows.ts'
import { shopIn } from '../../support/shop.ts'

// What the clock does concerns all shops of a database at once.
const database = await freshDatabase()
const app = await startTestApp({ database })
const { tenant } = app
const { account, guest, record } = shopIn(app)

const NIGHT = '17 3 * * *'
const night = () => app.cron(NIGHT)
const LONG_AGO = '2020-01-01T00:00:00Z'

// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
const run = (text: string, values: readonly unknown[] = []) => query<any>(text, values, database)

const hold = (table: string, where: string, values: readonly unknown[]) =>
  [[`select from ${table} where ${where} for no key update`, values]] as const

test.each([
  ['a task that another run takes', 'purge-sessions'],
  ['a task that no release has any more', 'of-old'],
])('the clock does not wait for %s', async (_, task) => {
  await run(
    `insert into tick (tenant, task, due_at, leased_until, told) values ($1, $2, $3, $3, false)
      on conflict (tenant, task) do update set due_at = $3, leased_until = $3`,
    [tenant, task, LONG_AGO],
  )
  const is = 'tenant = $1 and task = $2'
  const find = () => run(`select due_at, leased_until from tick where ${is}`, [tenant, task])
  const before = await find()
  const { waited } = await beside(hold('tick', is, [tenant, task]), night, [], database)
  expect(waited).toBe(false)
  expect(await find()).toEqual(before)
  // It was due: once nobody holds it, it is done, or forgotten.
  await night()
  expect(await find()).not.toEqual(before)
})

test('a successor of the signing key waits for another one that is being made', async () => {
  app.advance(70 * 86_400_000)
  const lock = [[`select pg_advisory_xact_lock(hashtext('signing_key'))`]] as const
  const [{ count: before }] = await run('select count(*)::int as count from signing_key')
  const { waited, wrote } = await beside(
    lock,
    night,
    [
      [
        `insert into signing_key (id, public_jwk, private_key, signs_from, created_at, expires_at)
          select 'key_other', public_jwk, private_key, $1, created_at, $2 from signing_key limit 1`,
        ['2100-01-01', '2100-01-02'],
      ],
    ],
    database,
  )
  const [{ count: after }] = await run('select count(*)::int as count from signing_key')
  expect({ waited, wrote, made: after - before }).toEqual({ waited: true, wrote: [], made: 1 })
  await run(`delete from signing_key where id = 'key_other'`)
})

test('wrong counters are corrected after who is changing them', async () => {
  const { id } = await account()
  await record(id, 'counted')
  await run('update customer set order_count = 7 where tenant = $1 and id = $2', [tenant, id])
  const { waited, wrote } = await beside(
    hold('customer', 'tenant = $1 and id = $2', [tenant, id]),
    night,
    [],
    database,
  )
  expect({ waited, wrote }).toEqual({ waited: true, wrote: ['scan_progress'] })
  const [found] = await run('select order_count from customer where tenant = $1 and id = $2', [
    tenant,
    id,
  ])
  expect(found).toEqual({ order_count: 1 })
})

test('an old guest goes after who is changing a customer that was merged into it', async () => {
  const { id } = await guest()
  const { id: merged } = await guest()
  await run(
    `update customer set status = 'merged', merged_into = $3 where tenant = $1 and id = $2`,
    [tenant, merged, id],
  )
  app.advance(400 * 86_400_000)
  const { waited, wrote } = await beside(
    hold('customer', 'tenant = $1 and id = $2', [tenant, merged]),
    night,
    [],
    database,
  )
  expect({ waited, wrote }).toEqual({ waited: true, wrote: ['scan_progress'] })
  expect(
    await run('select from customer where tenant = $1 and id = any($2)', [tenant, [id, merged]]),
  ).toEqual([])
})
