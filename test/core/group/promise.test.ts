import pg from 'pg'
import { afterAll, expect, inject, test } from 'vitest'
import { expireMemberships } from '#core/group'
import { systemContext } from '../../../src/runtime.ts'
import { startTestApp } from '../../support/app.ts'
import { crowd } from '../../support/group.ts'
import { query } from '../../support/rows.ts'
import { untilWaitedFor } from '../../support/waits.ts'

// The promises that the schema keeps by itself, whoever writes: here nobody locks, nobody announces.
const app = await startTestApp()
const { tenant } = app

for (const key of ['blue', 'green']) await app.call('POST', '/group', { body: { key } })

async function connect(): Promise<pg.Client> {
  const client = new pg.Client(inject('database'))
  await client.connect()
  afterAll(() => client.end())
  return client
}

const [one, other] = [await connect(), await connect()]

const join = (client: pg.Client, group: string, ids: readonly string[]) =>
  client.query(
    `insert into membership (tenant, group_key, customer_id, source, added_at)
     select $1, $2, id, 'import', now() from unnest($3::text[]) id`,
    [tenant, group, ids],
  )

const groupsOf = async (id: string) => {
  const [row] = await query<{ keys: string[]; stamp: number; version: number }>(
    `select group_keys as keys, version, (changed_at ->> 'groups')::int as stamp
     from customer where tenant = $1 and id = $2`,
    [tenant, id],
  )
  return row
}

const newcomers = async (count: number) => {
  const ids = await crowd(app, count)
  return [ids[0] ?? '', ids[1] ?? ''] as const
}

test('a membership written by hand shows in the customer, and is stamped as changed', async () => {
  const [a, b] = await newcomers(2)
  await join(one, 'green', [a, b])
  await join(one, 'blue', [a])
  expect(await groupsOf(a)).toEqual({ keys: ['blue', 'green'], version: 1, stamp: 2 })
  expect((await groupsOf(b))?.keys).toEqual(['green'])
})

test('a membership that moves leaves one customer and reaches the other', async () => {
  const [a, b] = await newcomers(2)
  await join(one, 'green', [a])
  await one.query('update membership set customer_id = $3 where tenant = $1 and customer_id = $2', [
    tenant,
    a,
    b,
  ])
  expect([(await groupsOf(a))?.keys, (await groupsOf(b))?.keys]).toEqual([[], ['green']])
  await one.query('delete from membership where tenant = $1 and customer_id = $2', [tenant, b])
  expect((await groupsOf(b))?.keys).toEqual([])
})

test('two who add one customer to two groups at once, without a lock, lose neither', async () => {
  const [a] = await newcomers(1)
  await one.query('begin')
  await join(one, 'blue', [a])
  const waiting = join(other, 'green', [a])
  await untilWaitedFor(one, waiting, 'insert into membership')
  await one.query('commit')
  await waiting
  expect((await groupsOf(a))?.keys).toEqual(['blue', 'green'])
})

test('a group with members cannot vanish under them', async () => {
  const [a] = await newcomers(1)
  await join(one, 'blue', [a])
  const gone = one.query(`delete from "group" where tenant = $1 and key = 'blue'`, [tenant])
  await expect(gone).rejects.toMatchObject({ constraint: 'membership_has_group' })
})

test('a membership that is prolonged while its end waits for the customer does not end', async () => {
  const [a] = await newcomers(1)
  await join(one, 'blue', [a])
  const change = `update membership set expires_at = $3 where tenant = $1 and customer_id = $2`
  await one.query(change, [tenant, a, new Date(0)])
  await one.query('begin')
  await one.query('select from customer where tenant = $1 and id = $2 for update', [tenant, a])
  const ending = expireMemberships(systemContext(app.runtime, tenant, 'test'))
  await untilWaitedFor(one, ending, 'expire_memberships')
  await one.query(change, [tenant, a, null])
  await one.query('commit')
  expect(await ending).toBe(false)
  expect((await groupsOf(a))?.keys).toEqual(['blue'])
})

test('more hands than one commit takes end in several, those beside a rule and the others', async () => {
  const shop = await startTestApp()
  const ids = await crowd(shop, 1100)
  await shop.call('POST', '/group', { body: { key: 'due' } })
  await query(
    `insert into membership (tenant, group_key, customer_id, source, by_rule, added_at, expires_at)
     select $1, 'due', id, 'manual', n % 2 = 0, now(), '2000-01-01' from unnest($2::text[]) with ordinality it (id, n)`,
    [shop.tenant, ids],
  )
  const expire = () => expireMemberships(systemContext(shop.runtime, shop.tenant, 'test'))
  let steps = 1
  while (await expire()) steps++
  expect(steps).toBeGreaterThan(2)
  const [left] = await query(
    `select count(*)::int as members, count(*) filter (where source = 'rule' and expires_at is null)::int as ruled,
       (select count(*)::int from event where tenant = $1) as events
     from membership where tenant = $1`,
    [shop.tenant],
  )
  expect(left).toEqual({ members: 550, ruled: 550, events: 550 })
})
