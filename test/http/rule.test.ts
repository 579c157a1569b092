import { describe, expect, test } from 'vitest'
import { startTestApp } from '../support/app.ts'
import { someAddress } from '../support/shopper.ts'
import { sql } from '../support/sql.ts'

const app = await startTestApp({ frozen: true })
const { call, tenant } = app
const MINUTE = 60_000
const DAY = 86_400_000

let people = 0
const customer = async (more: object = {}): Promise<string> =>
  (
    await call('POST', '/customer', {
      body: { email: someAddress(), firstName: `P${++people}`, ...more },
    })
  ).body.id
let groups = 0
const group = async (rule: object, more: object = {}): Promise<string> => {
  const key = `g${++groups}`
  const made = await call('POST', '/group', { body: { key, rule, ...more } })
  expect([made.status, made.body.code]).toEqual([201, undefined])
  await app.drain()
  return key
}
let orders = 0
const order = async (id: string, more: object = {}, orderId = `rule-${++orders}`) => {
  const placedAt = app.runtime.now().toISOString()
  const body = {
    total: 2500,
    refunded: 0,
    currency: 'USD',
    state: 'paid',
    placedAt,
    version: 1,
    ...more,
  }
  expect((await call('PUT', `/customer/${id}/order/${orderId}`, { body })).status).toBe(200)
  return orderId
}
const groupsOf = async (id: string): Promise<string[]> =>
  (await call('GET', `/customer/${id}`)).body.groups
/** The events of a group, oldest first. */
const told = async (id: string, key: string) => {
  const [rows = []] = await app.db.run([
    sql`select type, data ->> 'source' as source from event where tenant = ${tenant} and customer_id = ${id}
      and data ->> 'group' = ${key} order by sequence`,
  ])
  return rows.map(({ type, source }) => `${String(type).replace('customer.group_', '')} ${source}`)
}
const membersOf = async (key: string): Promise<string[]> =>
  (await call('GET', `/group/${key}/member?limit=100`)).body.data.map(
    ({ customerId }: { customerId: string }) => customerId,
  )
const matching = async (query: string): Promise<string[]> =>
  (await call('GET', `/customer?limit=100&${query}`)).body.data
    .map(({ id }: { id: string }) => id)
    .sort()

describe('a group with a rule', () => {
  test('takes a customer in with the fifth order, and lets it go when a day passes, each with one event', async () => {
    const loyal = await group({ minOrders: 5, lastOrderAfter: '-90d' })
    const id = await customer()
    for (let n = 0; n < 4; n++) await order(id)
    await app.drain()
    expect(await groupsOf(id)).toEqual([])
    await order(id)
    await app.drain()
    expect(await groupsOf(id)).toEqual([loyal])
    expect(await told(id, loyal)).toEqual(['added rule'])
    app.advance(90 * DAY)
    await app.cron()
    await app.drain()
    expect(await groupsOf(id)).toEqual([loyal])
    app.advance(1)
    await app.cron()
    await app.drain()
    expect(await groupsOf(id)).toEqual([])
    expect(await told(id, loyal)).toEqual(['added rule', 'removed rule'])
  })

  test('finds those who are there already, and shows how far it is', async () => {
    const ids = [await customer(), await customer()]
    for (const id of ids) await order(id, { total: 70_000 })
    const key = await group({ minSpent: 60_000 })
    expect(await membersOf(key)).toEqual(ids.toSorted())
    const { body } = await call('GET', `/group/${key}`)
    expect(body).toMatchObject({ state: 'ready', rule: { minSpent: 60_000 } })
    expect(body.done).toBe(body.total)
    expect(body.total).toBeGreaterThan(1)
  })

  test('says why', async () => {
    const key = await group({
      minOrders: 1,
      lastOrderAfter: '-90d',
      groupNot: ['none-such', 'x'].slice(0, 0).length ? [] : undefined,
    })
    const id = await customer()
    await order(id)
    await app.drain()
    const since = new Date(app.runtime.now().getTime() - 90 * DAY).toISOString()
    const { body } = await call('GET', `/customer/${id}/group`)
    const mine = body.data.find((one: { key: string }) => one.key === key)
    expect(mine).toMatchObject({
      source: 'rule',
      why: {
        minOrders: { asked: 1, is: 1 },
        lastOrderAfter: { asked: '-90d', since, is: app.runtime.now().toISOString() },
      },
    })
    const { data } = (await call('GET', `/group/${key}/member`)).body
    expect(data.find((one: { customerId: string }) => one.customerId === id).why).toEqual(mine.why)
  })

  test('changes at once for those whom the new rule does not hold; who fits both keeps its time and gets no event', async () => {
    const [one, two] = [await customer(), await customer()]
    await order(one, { total: 900_000 })
    await order(two, { total: 900_000 })
    await order(two, { total: 900_000 })
    const key = await group({ minSpent: 800_000 })
    expect(await membersOf(key)).toEqual([one, two].toSorted())
    const { data } = (await call('GET', `/customer/${two}/group`)).body
    app.advance(MINUTE)
    const changed = await call('PATCH', `/group/${key}`, {
      body: { rule: { minSpent: 1_700_000 } },
    })
    expect(changed.body).toMatchObject({ state: 'running', rule: { minSpent: 1_700_000 } })
    await app.drain()
    expect(await membersOf(key)).toEqual([two])
    expect(await told(one, key)).toEqual(['added rule', 'removed rule'])
    expect(await told(two, key)).toEqual(['added rule'])
    const now = (await call('GET', `/customer/${two}/group`)).body.data
    expect(now.map(({ addedAt }: { addedAt: string }) => addedAt)).toEqual(
      data.map(({ addedAt }: { addedAt: string }) => addedAt),
    )
    await call('PATCH', `/group/${key}`, { body: { rule: null } })
    await app.drain()
    expect(await membersOf(key)).toEqual([])
  })

  test('holds whom it holds besides a hand, and tells only when the union changes', async () => {
    const key = await group({ minOrders: 1 })
    const id = await customer()
    await order(id)
    await app.drain()
    await call('POST', `/customer/${id}/group`, { body: { group: key } })
    const [mine] = (await call('GET', `/customer/${id}/group`)).body.data.filter(
      (one: { key: string }) => one.key === key,
    )
    expect(mine).toMatchObject({ source: 'manual', why: { minOrders: { asked: 1, is: 1 } } })
    await call('PATCH', `/group/${key}`, { body: { rule: { minOrders: 2 } } })
    await app.drain()
    const [left] = (await call('GET', `/customer/${id}/group`)).body.data.filter(
      (one: { key: string }) => one.key === key,
    )
    expect(left).toMatchObject({ source: 'manual' })
    expect(left.why).toBeUndefined()
    await call('DELETE', `/customer/${id}/group/${key}`)
    expect(await told(id, key)).toEqual(['added rule', 'removed manual'])
  })

  test('reads other groups, which are judged in one go', async () => {
    const buyers = await group({ minOrders: 1 })
    const chosen = await group({ group: [buyers.toUpperCase()], minSpent: 1 })
    const others = await group({ groupNot: [chosen], status: ['unverified'] })
    const id = await customer()
    await app.drain()
    expect(await groupsOf(id)).toEqual([others])
    await order(id)
    await app.drain()
    expect((await groupsOf(id)).filter((key) => [buyers, chosen, others].includes(key))).toEqual([
      buyers,
      chosen,
    ])
    expect(await membersOf(others)).toEqual(await matching(`groupNot=${chosen}&status=unverified`))
  })

  test('keeps who only the rule holds from being removed by hand, and says why', async () => {
    const key = await group({ minOrders: 1 })
    const id = await customer()
    await order(id)
    await app.drain()
    const refused = await call('DELETE', `/customer/${id}/group/${key}`)
    expect([refused.status, refused.body.code, refused.body.why]).toEqual([
      409,
      'membership_by_rule',
      { minOrders: { asked: 1, is: 1 } },
    ])
  })

  test('names only groups that exist, and at most 200 groups of a shop have one', async () => {
    const unknown = await call('POST', '/group', {
      body: { key: 'new', rule: { group: ['nope'] } },
    })
    expect([unknown.status, unknown.body.errors[0].code]).toEqual([422, 'unknown_group'])
    await app.db.run([
      sql`insert into "group" (tenant, key, rule, created_at, updated_at)
        select ${app.otherTenant}, 'full-' || n, '{"minOrders":1}', now(), now() from generate_series(1, 200) n`,
    ])
    const token = await app.strangerToken()
    const full = await call('POST', '/group', {
      token,
      body: { key: 'one', rule: { minOrders: 1 } },
    })
    expect([full.status, full.body.code]).toEqual([409, 'rule_limit_reached'])
    const plain = await call('POST', '/group', { token, body: { key: 'one' } })
    expect(plain.status).toBe(201)
  })

  test('stops when a setting makes it invalid, keeps its members, and says so', async () => {
    const key = await group({ minOrders: 1 })
    const id = await customer()
    await order(id)
    await app.drain()
    const before = await membersOf(key)
    await app.db.run([
      sql`update "group" set rule = '{"metadata":{"gone":"a"}}' where tenant = ${tenant} and key = ${key}`,
    ])
    const { body } = await call('GET', `/group/${key}`)
    expect(body.state).toBe('stopped')
    const { data } = (await call('GET', '/group?limit=100')).body
    expect(data.find((one: { key: string }) => one.key === key).state).toBe('stopped')
    await order(await customer())
    await app.drain()
    expect(await membersOf(key)).toEqual(before)
  })

  test('refuses cycles, also when two changes race', async () => {
    const a = await group({ minOrders: 3 })
    const b = await group({ group: [a] })
    const back = await call('PATCH', `/group/${a}`, { body: { rule: { groupNot: [b] } } })
    expect([back.status, back.body.code]).toEqual([422, 'rule_cycle'])
    const own = await call('PATCH', `/group/${a}`, { body: { rule: { group: [a] } } })
    expect([own.status, own.body.code]).toEqual([422, 'rule_cycle'])
    const c = await group({ minOrders: 4 })
    const d = await group({ minOrders: 5 })
    const raced = await Promise.all([
      call('PATCH', `/group/${c}`, { body: { rule: { group: [d] } } }),
      call('PATCH', `/group/${d}`, { body: { rule: { group: [c] } } }),
    ])
    expect(raced.map(({ status }) => status).sort()).toEqual([200, 422])
  })
})
