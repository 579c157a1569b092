import { expect, test } from 'vitest'
import { startTestApp } from '../../support/app.ts'
import { between } from '../../support/between.ts'
import { someAddress } from '../../support/shopper.ts'
import { sql } from '../../support/sql.ts'

/** What happens between the reading of a judgement and its commit. */
const app = await startTestApp()
const { call, tenant, wire } = app
const APPLY = /apply_verdicts/

let made = 0
const group = async (rule: object): Promise<string> => {
  const key = `race-${++made}`
  expect((await call('POST', '/group', { body: { key, rule } })).status).toBe(201)
  await app.drain()
  return key
}
const customer = async (): Promise<string> =>
  (await call('POST', '/customer', { body: { email: someAddress() } })).body.id
const order = (id: string, orderId: string, more: object = {}) =>
  call('PUT', `/customer/${id}/order/${orderId}`, {
    body: {
      total: 100,
      refunded: 0,
      currency: 'USD',
      state: 'paid',
      version: 1,
      placedAt: '2026-01-02T03:04:05Z',
      ...more,
    },
  })
const groupsOf = async (id: string): Promise<string[]> =>
  (await call('GET', `/customer/${id}`)).body.groups
const told = async (id: string) => {
  const [rows = []] = await app.db.run([
    sql`select type, data ->> 'group' as key from event where tenant = ${tenant} and customer_id = ${id}
      and type like 'customer.group%' order by sequence`,
  ])
  return rows.map(({ type, key }) => `${String(type).replace('customer.group_', '')} ${key}`)
}

test('a rule that changes meanwhile carries nobody into the group that reads it', async () => {
  const a = await group({ minOrders: 1 })
  const b = await group({ group: [a] })
  const id = await customer()
  await app.drain()
  await order(id, 'rule-changes')
  await between(wire, APPLY, app.drain, async () => {
    await call('PATCH', `/group/${a}`, { body: { rule: { minOrders: 2 } } })
    // The new rule is carried out for all before the judgement goes on.
    await app.drain()
  })
  await app.drain()
  expect(await groupsOf(id)).toEqual([])
  expect((await call('GET', `/group/${b}/member`)).body.data).toEqual([])
  expect(await told(id)).toEqual([])
})

test('a customer who changes meanwhile is judged again', async () => {
  const key = await group({ minOrders: 1 })
  const id = await customer()
  await app.drain()
  await order(id, 'changes')
  await between(wire, APPLY, app.drain, () =>
    order(id, 'changes', { state: 'canceled', version: 2 }),
  )
  await app.drain()
  expect(await groupsOf(id)).toEqual([])
  await order(id, 'changes', { version: 3 })
  await app.drain()
  expect(await groupsOf(id)).toEqual([key])
})

test.each(['merged', 'deleted'])('a customer who is %s meanwhile joins nothing', async (how) => {
  const key = await group({ minOrders: 1 })
  const [id, other] = [await customer(), await customer()]
  await app.drain()
  await order(id, `is-${how}`)
  await between(wire, APPLY, app.drain, async () => {
    if (how === 'deleted') await call('DELETE', `/customer/${id}`)
    else await call('POST', `/customer/${other}/merge`, { body: { from: id } })
  })
  await app.drain()
  const { data } = (await call('GET', `/group/${key}/member?limit=100`)).body
  expect(data.map((one: { customerId: string }) => one.customerId)).not.toContain(id)
  expect((await groupsOf(other)).includes(key)).toBe(how === 'merged')
})

test('a group that is deleted meanwhile gets no member, and its key starts empty', async () => {
  const key = await group({ minOrders: 1 })
  const id = await customer()
  await app.drain()
  await order(id, 'deleted-group')
  await between(wire, APPLY, app.drain, async () => {
    await call('DELETE', `/group/${key}`)
    await call('POST', '/group', { body: { key } })
  })
  await app.drain()
  expect(await groupsOf(id)).not.toContain(key)
  const [moments] = await app.db.run([
    sql`select count(*)::int as n from rule_moment where tenant = ${tenant} and group_key = ${key}`,
  ])
  expect(moments).toEqual([{ n: 0 }])
})
