import { expect, test } from 'vitest'
import { dissolveGroup } from '#core/group'
import { newId } from '#kernel/id'
import { systemContext } from '../../src/runtime.ts'
import { startTestApp } from '../support/app.ts'
import { crowd, eventsOf, someone } from '../support/group.ts'
import { query } from '../support/rows.ts'

const app = await startTestApp()
const { call } = app

const change = (group: string, body: object, shop = app) =>
  shop.call('POST', `/group/${group}/member`, { body })
const groupsOf = async (id: string) => (await call('GET', `/customer/${id}`)).body.groups
const nobody = () => newId('customer', new Date())

const membersOf = async (group: string, shop = app) => {
  const rows = await query<{ id: string }>(
    'select customer_id as id from membership where tenant = $1 and group_key = $2',
    [shop.tenant, group],
  )
  return rows.map(({ id }) => id).sort()
}

/** Customers whose row says something else than their memberships. */
const outOfStep = (tenant: string) =>
  query(
    `select id from customer c where tenant = $1 and group_keys <> array(
       select group_key::text from membership m where m.tenant = c.tenant and m.customer_id = c.id order by group_key)`,
    [tenant],
  )

test('many are added and taken out at once, each with its event, and the answer counts them', async () => {
  const [a, b, c, d] = [await someone(app), await someone(app), await someone(app), nobody()]
  expect((await change('bulk', { add: [a, b, a] })).body).toEqual({
    added: 2,
    removed: 0,
    unchanged: 0,
    keptByRule: 0,
    notFound: 0,
  })
  const { status, body } = await change('bulk', { add: [b, c, d], remove: [a, nobody()] })
  expect([status, body]).toEqual([
    200,
    { added: 1, removed: 1, unchanged: 1, keptByRule: 0, notFound: 2 },
  ])
  expect(await membersOf('bulk')).toEqual([b, c].sort())
  expect([await groupsOf(a), await groupsOf(c)]).toEqual([[], ['bulk']])
  const told = await eventsOf(app, a)
  expect(told.map(({ type, sequence }) => [type, sequence])).toEqual([
    ['customer.created', 1],
    ['customer.group_added', 2],
    ['customer.group_removed', 3],
  ])
  expect(told[1]?.data).toMatchObject({
    customerId: a,
    changed: ['groups'],
    group: 'bulk',
    source: 'manual',
    expiresAt: null,
    customer: { groups: ['bulk'], version: 2 },
  })
  expect(told[2]?.data).toMatchObject({ reason: 'manual', customer: { groups: [], version: 3 } })
})

test('a thousand are added in as many statements as one, and each is told of', async () => {
  const shop = await startTestApp()
  const ids = await crowd(shop, 1000)
  const countOf = async (add: readonly string[]) => {
    shop.wire.reset()
    const { body } = await change('counted', { add }, shop)
    return { added: body.added, ...shop.wire.count() }
  }
  const one = await countOf(ids.slice(0, 1))
  const all = await countOf(ids)
  expect(one).toMatchObject({ added: 1, trips: 1 })
  expect(all).toEqual({ ...one, added: 999 })
  expect(one.statements).toBeLessThanOrEqual(5)
  await shop.settled()
  expect(shop.sent).toHaveLength(1000)
  expect(new Set(shop.sent.map(({ id }) => id)).size).toBe(1000)
  const events = await query<{ id: string; sequence: number }>(
    `select id, sequence from event where tenant = $1 and type = 'customer.group_added'`,
    [shop.tenant],
  )
  const jobs = await query<{ id: string; event: string }>(
    `select id, payload ->> 'event' as event from job where tenant = $1 and kind = 'announce'`,
    [shop.tenant],
  )
  const sorted = (list: readonly string[]) => [...list].sort()
  expect(sorted(jobs.map(({ event }) => event))).toEqual(sorted(events.map(({ id }) => id)))
  expect(sorted(shop.sent.map(({ id }) => id))).toEqual(sorted(jobs.map(({ id }) => id)))
  expect(events.every(({ sequence }) => sequence === 1)).toBe(true)
  for (const { id } of events) expect(id).toMatch(/^evt_[0-7][0-9a-hjkmnp-tv-z]{25}$/)
  expect(await outOfStep(shop.tenant)).toEqual([])
})

test('to add to an unknown group makes it, to take out of one does not', async () => {
  const id = await someone(app)
  const refused = await change('not-yet', { remove: [id] })
  expect([refused.status, refused.body.code]).toEqual([404, 'group_not_found'])
  expect((await change('not-yet', { add: [id] })).body.added).toBe(1)
  expect((await call('GET', '/group/not-yet')).status).toBe(200)
})

test('an unknown group is made with its first member, and not by unknown ids', async () => {
  const unknown = { added: 0, removed: 0, unchanged: 0, keptByRule: 0, notFound: 1 }
  expect((await change('typo', { add: [nobody()] })).body).toEqual(unknown)
  const filter = { externalId: 'nobody' }
  expect((await change('typo', { add: { filter } })).status).toBe(404)
  const one = await call('POST', `/customer/${nobody()}/group`, { body: { group: 'typo' } })
  expect(one.body.code).toBe('customer_not_found')
  expect((await call('GET', '/group/typo')).status).toBe(404)
  const both = await change('typo', { add: [nobody(), await someone(app)] })
  expect(both.body).toMatchObject({ added: 1, notFound: 1 })
  expect((await call('GET', '/group/typo')).status).toBe(200)
})

test('nobody of another shop is found', async () => {
  const id = await someone(app)
  const { body } = await call('POST', '/group/theirs/member', {
    body: { add: [id] },
    token: app.tokens.stranger,
  })
  expect(body).toEqual({ added: 0, removed: 0, unchanged: 0, keptByRule: 0, notFound: 1 })
  expect(await groupsOf(id)).toEqual([])
})

test('more than a thousand, what is no id, and one who is to come and to go are refused', async () => {
  const id = nobody()
  for (const [body, path, code] of [
    [{ add: Array(501).fill(id), remove: Array(500).fill(nobody()) }, 'remove', 'too_big'],
    [{ add: [id, 'x'] }, 'add.1', 'invalid_format'],
    [{ add: ['cust_\u0000'] }, 'add.0', 'invalid_format'],
    [{ add: [id], remove: [id] }, 'remove', 'added_and_removed'],
    [{ add: id }, 'add', 'invalid_union'],
    [{ add: {} }, 'add.filter', 'required'],
    [{ add: { filter: {} } }, 'add.filter', 'too_small'],
    [{ add: { filter: { minOrders: '5' } } }, 'add.filter.minOrders', 'invalid_type'],
    [{ add: { filter: { minOrders: 1, minOrder: 5 } } }, 'add.filter.minOrder', 'unknown_field'],
    [{ add: { filter: { minOrders: 5 } }, remove: [id] }, 'remove', 'filter_and_ids'],
    [{ add: [], members: [] }, 'members', 'unknown_field'],
  ] as const) {
    const refused = await change('refusing', body)
    expect([refused.status, refused.body.errors], path).toEqual([
      422,
      [expect.objectContaining({ path, code })],
    ])
  }
  expect((await call('GET', '/group/refusing')).status).toBe(404)
})

test('a change repeated under its key happens once', async () => {
  const id = await someone(app)
  const send = () =>
    call('POST', '/group/keyed/member', {
      body: { add: [id] },
      headers: { 'Idempotency-Key': 'bulk' },
    })
  const first = await send()
  expect(await send()).toMatchObject({ status: 200, text: first.text, body: { added: 1 } })
  expect(await eventsOf(app, id)).toHaveLength(2)
})

test('two who add the same crowd at once, in any order, add each once', async () => {
  const shop = await startTestApp()
  const ids = await crowd(shop, 100)
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, i) =>
      change('crowded', { add: i % 2 ? ids : [...ids].reverse() }, shop),
    ),
  )
  expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200))
  const added = answers.reduce((sum, { body }) => sum + body.added, 0)
  expect(added).toBe(100)
  expect(await membersOf('crowded', shop)).toEqual(ids)
})

test('the members are listed in pages, each once, and counted', async () => {
  const shop = await startTestApp()
  const ids = await crowd(shop, 45)
  await change('listed', { add: ids }, shop)
  await change('other', { add: ids.slice(0, 3) }, shop)
  const seen: string[] = []
  let cursor = ''
  do {
    const { body } = await shop.call('GET', `/group/listed/member?limit=20&count=exact${cursor}`)
    expect(body.pagination).toMatchObject({ limit: 20, total: 45, totalIsExact: true })
    expect(Object.keys(body.data[0])).toEqual(['customerId', 'source', 'addedAt', 'expiresAt'])
    seen.push(...body.data.map(({ customerId }: { customerId: string }) => customerId))
    cursor = body.pagination.nextCursor && `&cursor=${body.pagination.nextCursor}`
  } while (cursor)
  expect(seen).toEqual(ids)
  const { body } = await shop.call('GET', '/group/listed/member?limit=1')
  const moved = await shop.call('GET', `/group/other/member?cursor=${body.pagination.nextCursor}`)
  expect([moved.status, moved.body.code]).toEqual([422, 'invalid_cursor'])
})

test('a capped count stops at ten thousand and says so', async () => {
  const shop = await startTestApp()
  await shop.call('POST', '/group', { body: { key: 'large' } })
  // Nothing but the rows themselves: to count is all that is done with them.
  await query(`begin; set local session_replication_role = replica;
    insert into membership (tenant, group_key, customer_id, source, added_at)
      select '${shop.tenant}', 'large', 'cust_' || lpad(n::text, 26, '0'), 'import', now() from generate_series(1, 10001) n;
    commit`)
  const pagination = async (count: string) =>
    (await shop.call('GET', `/group/large/member?limit=1&count=${count}`)).body.pagination
  expect(await pagination('capped')).toMatchObject({ total: 10_000, totalIsExact: false })
  expect(await pagination('exact')).toMatchObject({ total: 10_001, totalIsExact: true })
  expect(Object.keys(await pagination('none'))).toEqual(['limit', 'hasMore', 'nextCursor'])
})

test('a group that is deleted loses its members, each with an event, and can be made again', async () => {
  const ids = [await someone(app), await someone(app)]
  await change('closing', { add: ids })
  expect((await call('DELETE', '/group/closing')).status).toBe(204)
  for (const id of ids) {
    expect(await groupsOf(id)).toEqual([])
    expect((await eventsOf(app, id)).at(-1)).toMatchObject({
      type: 'customer.group_removed',
      data: { group: 'closing', reason: 'group_deleted', customer: { groups: [] } },
    })
  }
  expect((await call('GET', '/group/closing')).status).toBe(404)
  expect((await call('DELETE', '/group/closing')).status).toBe(404)
  const jobs = await query('select from job where tenant = $1 and kind = $2', [
    app.tenant,
    'dissolve_group',
  ])
  expect(jobs).toHaveLength(0)
  expect((await call('POST', '/group', { body: { key: 'closing' } })).status).toBe(201)
  expect((await call('GET', '/group/closing/member')).body.data).toEqual([])
})

test('a large group is gone at once and empties in batches; its key is free after the last', async () => {
  const shop = await startTestApp()
  const ids = await crowd(shop, 1200)
  for (const part of [ids.slice(0, 600), ids.slice(600)]) await change('huge', { add: part }, shop)
  const late = await someone(shop)
  await shop.settled()
  shop.sent.length = 0
  expect((await shop.call('DELETE', '/group/huge')).status).toBe(204)
  await shop.settled()
  expect(Map.groupBy(shop.sent, ({ kind }) => kind).get('announce')).toHaveLength(100)
  expect(shop.sent.filter(({ kind }) => kind === 'dissolve_group')).toHaveLength(1)
  expect(await membersOf('huge', shop)).toHaveLength(1100)
  for (const [method, path, body, status, code] of [
    ['GET', '/group/huge', undefined, 404, 'group_not_found'],
    ['PATCH', '/group/huge', { name: 'x' }, 404, 'group_not_found'],
    ['DELETE', '/group/huge', undefined, 404, 'group_not_found'],
    ['GET', '/group/huge/member', undefined, 404, 'group_not_found'],
    ['POST', '/group/huge/member', { remove: ids.slice(0, 1) }, 404, 'group_not_found'],
    ['POST', '/group/huge/member', { add: [late] }, 409, 'group_being_deleted'],
    ['POST', `/customer/${late}/group`, { group: 'huge' }, 409, 'group_being_deleted'],
    ['POST', '/group', { key: 'huge' }, 409, 'group_being_deleted'],
  ] as const) {
    const answer = await shop.call(method, path, { body })
    expect([answer.status, answer.body.code], `${method} ${path}`).toEqual([status, code])
  }
  expect((await shop.call('GET', '/group')).body.data).toEqual([])
  const last = `/customer/${ids.at(-1)}/group/huge`
  expect((await shop.call('DELETE', last)).status).toBe(204)
  await shop.drain()
  // One for each commit that left some. The queue brought the first, and that which stood for what ten commits had left.
  expect(shop.sent.filter(({ kind }) => kind === 'dissolve_group')).toHaveLength(11)
  expect(await membersOf('huge', shop)).toEqual([])
  expect(await outOfStep(shop.tenant)).toEqual([])
  const [told] = await query(
    `select count(*)::int as removed, count(distinct customer_id)::int as customers
     from event where tenant = $1 and type = 'customer.group_removed'`,
    [shop.tenant],
  )
  expect(told).toEqual({ removed: 1200, customers: 1200 })
  expect(
    (await shop.call('POST', `/customer/${late}/group`, { body: { group: 'huge' } })).status,
  ).toBe(201)
})

test('what its rule left behind goes with a group in batches, also without a member', async () => {
  const shop = await startTestApp()
  await shop.call('POST', '/group', { body: { key: 'ruled' } })
  const now = shop.runtime.now()
  const ids = Array.from({ length: 12_000 }, () => newId('customer', now))
  await query(
    `insert into customer (tenant, id, email, email_key, status, created_at, updated_at)
     select $1, id, id, id, 'guest', $3, $3 from unnest($2::text[]) id`,
    [shop.tenant, ids, now.toISOString()],
  )
  await query(
    `insert into rule_moment (tenant, group_key, customer_id, next_at)
     select $1, key, id, now()
     from unnest($2::text[]) with ordinality it (id, n), unnest(array['ruled', 'other']) key where key = 'ruled' or n = 1`,
    [shop.tenant, ids],
  )
  await query(
    `insert into group_task (tenant, group_key, id, kind, rule_number, started_at) values ($1, 'ruled', 'job', 'rule', 1, now())`,
    [shop.tenant],
  )
  const left = async () => {
    const [row] = await query(
      `select (select count(*)::int from rule_moment where tenant = $1) as moments,
         (select count(*)::int from group_task where tenant = $1) as tasks,
         (select count(*)::int from "group" where tenant = $1) as groups`,
      [shop.tenant],
    )
    return row
  }
  expect((await shop.call('DELETE', '/group/ruled')).status).toBe(204)
  expect(await left()).toEqual({ moments: 7001, tasks: 0, groups: 1 })
  expect((await shop.call('POST', '/group', { body: { key: 'ruled' } })).body.code).toBe(
    'group_being_deleted',
  )
  await shop.settled()
  await shop.drain()
  expect(shop.sent.filter(({ kind }) => kind === 'dissolve_group')).toHaveLength(2)
  expect(await left()).toEqual({ moments: 1, tasks: 0, groups: 0 })
})

test('a job that comes twice, or after its end, does nothing twice', async () => {
  const shop = await startTestApp()
  await change('twice', { add: await crowd(shop, 600) }, shop)
  await shop.call('DELETE', '/group/twice')
  const [job] = await query<{ id: string }>(
    `select id from job where tenant = $1 and kind = 'dissolve_group'`,
    [shop.tenant],
  )
  const context = () => systemContext(shop.runtime, shop.tenant, 'dissolve_group')
  const ends = await Promise.allSettled(
    Array.from({ length: 4 }, () => dissolveGroup(context(), job?.id ?? '')),
  )
  expect(ends.some(({ status }) => status === 'fulfilled')).toBe(true)
  await dissolveGroup(context(), job?.id ?? '')
  expect(await membersOf('twice', shop)).toEqual([])
  const [{ removed } = { removed: 0 }] = await query<{ removed: number }>(
    `select count(*)::int as removed from event where tenant = $1 and type = 'customer.group_removed'`,
    [shop.tenant],
  )
  expect(removed).toBe(600)
})

test('a group that is deleted while customers are added keeps nobody and loses no event', async () => {
  const shop = await startTestApp()
  const ids = await crowd(shop, 20)
  for (let round = 0; round < 5; round++) {
    await shop.call('POST', '/group', { body: { key: 'contested' } })
    const answers = await Promise.all([
      ...ids.map((id) =>
        shop.call('POST', `/customer/${id}/group`, { body: { group: 'contested' } }),
      ),
      shop.call('DELETE', '/group/contested'),
    ])
    expect(answers.every(({ status }) => [200, 201, 204].includes(status))).toBe(true)
    const members = await membersOf('contested', shop)
    const exists = (await shop.call('GET', '/group/contested')).status === 200
    expect(exists || members.length === 0).toBe(true)
    const balance = await query<{ id: string }>(
      `select customer_id as id from event where tenant = $1 group by customer_id
       having sum(case type when 'customer.group_added' then 1 else -1 end) = 1`,
      [shop.tenant],
    )
    expect(balance.map(({ id }) => id).sort()).toEqual(members)
    expect(await outOfStep(shop.tenant)).toEqual([])
  }
})
