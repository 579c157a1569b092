import { expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { startTestApp } from '../support/app.ts'
import { sql } from '../support/sql.ts'

const app = await startTestApp()
const { call, tenant } = app

/** Customers with a number of orders. */
const fill = (many: number, orders: number) => {
  const now = app.runtime.now()
  const ids = Array.from({ length: many }, () => newId('customer', now))
  return app.db.run([
    sql`insert into customer (tenant, id, email, email_key, status, order_count, created_at, updated_at)
      select ${tenant}, id, id || '@example.com', id || '@example.com', 'active', ${orders}, ${now.toISOString()}, now()
      from json_array_elements_text(${JSON.stringify(ids)}::json) id`,
  ])
}
const preview = (rule: object, more: object = {}) =>
  call('POST', '/group-preview', { body: { rule, ...more } })

test('a preview shows how many a rule would hold, the first ten of them, and why', async () => {
  await fill(12, 7)
  await fill(3, 1)
  const { status, body } = await preview({ minOrders: 5 })
  expect(status).toBe(200)
  expect([body.count, body.countIsExact, body.customers.length]).toEqual([12, true, 10])
  const listed = await call('GET', '/customer?minOrders=5&sort=createdAt:asc&limit=10')
  const shown = listed.body.data.map(({ id, email }: { id: string; email: string }) => ({
    ...{ id, email },
    why: { minOrders: { asked: 5, is: 7 } },
  }))
  expect(body.customers).toEqual(shown)
  const rest = await call('GET', '/group?limit=100')
  expect(rest.body.data).toEqual([])
})

test('beyond ten thousand it says that there are more', async () => {
  await fill(10_001, 99)
  const { body } = await preview({ minOrders: 99 })
  expect([body.count, body.countIsExact]).toEqual([10_000, false])
})

test('a preview is refused as the rule would be', async () => {
  for (const [key, more] of [
    ['open', { rule: { country: 'US' }, allowShopperValues: true }],
    ['through', { rule: { group: 'open' }, allowShopperValues: true }],
    ['plain', {}],
  ] as const) {
    expect((await call('POST', '/group', { body: { key, ...more } })).status).toBe(201)
  }
  const refusal = async (rule: object, more: object = {}) => {
    const { status, body } = await preview(rule, more)
    return status === 200
      ? 200
      : [status, body.code, body.errors?.map(({ path }: { path: string }) => path)]
  }
  expect(await refusal({ group: 'plain' })).toBe(200)
  expect(await refusal({ country: 'US' })).toEqual([422, 'rule_not_trusted', ['rule.country']])
  expect(await refusal({ country: 'US' }, { allowShopperValues: true })).toBe(200)
  expect(await refusal({ groupNot: ['OPEN'] })).toEqual([
    422,
    'rule_not_trusted',
    ['rule.groupNot'],
  ])
  expect(await refusal({ group: ['through'] })).toEqual([
    422,
    'rule_not_trusted',
    ['rule', 'rule.group'],
  ])
  expect(await refusal({ group: ['through'] }, { allowShopperValues: true })).toBe(200)
  expect(await refusal({ group: ['unknown'] })).toEqual([422, 'invalid_input', ['rule.group']])
  expect(await refusal({ q: 'jane' })).toEqual([422, 'invalid_input', ['rule.q']])
  expect(await refusal({})).toEqual([422, 'invalid_input', ['rule']])
})
