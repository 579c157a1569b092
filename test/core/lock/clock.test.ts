import { expect, test } from 'vitest'
import { connected } from '../../../dev/connected.ts'
import { startTestApp } from '../../support/app.ts'
import { freshDatabase } from '../../support/database.ts'
import { beside } from '../../support/meanwhile.ts'
import { shopIn } from '../../support/shop.ts'

// What the clock does concerns all shops of a database at once.
const database = await freshDatabase()
const app = await startTestApp({ database })
const { tenant } = app
const { account, guest, record } = shopIn(app)

const NIGHT = '17 3 * * *'
const night = () => app.cron(NIGHT)
const LONG_AGO = '2020-01-01T00:00:00Z'

const run = (text: string, values: readonly unknown[] = []) =>
  connected(database, async (client) => (await client.query(text, [...values])).rows)

const hold = (table: string, where: string, values: readonly unknown[]) =>
  [[`select from ${table} where ${where} for no key update`, values]] as const

test.each([
  ['an unfinished task that another run takes over', 'relay', null],
  ['an old tick that another run deletes', 'relay', LONG_AGO],
])('the clock does not wait for %s', async (_, task, doneAt) => {
  const scheduledAt = doneAt ?? new Date(app.runtime.now().getTime() - 60_000).toISOString()
  await run(
    'insert into tick (task, scheduled_at, leased_until, done_at) values ($1, $2, $3, $4)',
    [task, scheduledAt, LONG_AGO, doneAt],
  )
  const it = [task, scheduledAt]
  const is = 'task = $1 and scheduled_at = $2'
  const { waited } = await beside(hold('tick', is, it), night, [], database)
  expect(waited).toBe(false)
  const before = await run(`select leased_until, done_at from tick where ${is}`, it)
  expect(before).toHaveLength(1)
  // It was due: once nobody holds it, it is taken.
  await night()
  const after = await run(`select leased_until, done_at from tick where ${is}`, it)
  expect(after).not.toEqual(before)
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
  expect({ waited, wrote }).toEqual({ waited: true, wrote: ['sweep'] })
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
  expect({ waited, wrote }).toEqual({ waited: true, wrote: ['sweep'] })
  expect(
    await run('select from customer where tenant = $1 and id = any($2)', [tenant, [id, merged]]),
  ).toEqual([])
})
