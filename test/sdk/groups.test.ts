import { expect, expectTypeOf, test } from 'vitest'
import {
  Commerce,
  type CommerceError,
  type Group,
  type MemberChanges,
  type Why,
} from '../../src/sdk/index.ts'
import { startTestApp } from '../support/app.ts'
import { crowd } from '../support/group.ts'
import { answers, lost, scripted } from './script.ts'

const app = await startTestApp()
const baseUrl = 'http://customer.test'
const commerce = new Commerce({
  baseUrl,
  fetch: (url, init) => app.request(url.slice(baseUrl.length), init),
  token: app.tokens.service,
})
const { customers, groups } = commerce

let orders = 0
async function buyer(key: string, total: number): Promise<string> {
  const { id } = await customers.create({ email: `${key}@example.com` })
  await customers.recordOrder(id, `sdk-rule-${++orders}`, {
    total,
    currency: 'USD',
    state: 'paid',
    placedAt: '2026-01-02T03:04:05Z',
    version: 1,
  })
  return id
}

test('a rule is previewed, made and carried out, and says why it holds whom', async () => {
  const id = await buyer('rich', 70_000)
  const why: Why = { minSpent: { asked: 60_000, is: 70_000 } }
  const rule = { minSpent: 60_000 }
  expect(await groups.preview({ rule })).toEqual({
    count: 1,
    countIsExact: true,
    customers: [{ id, email: 'rich@example.com', why }],
  })
  const made = await groups.create({ key: 'Rich', rule })
  expect(made).toMatchObject({ key: 'rich', rule, allowShopperValues: false, state: 'running' })
  await app.drain()
  const ready = await groups.retrieve('rich')
  expect(ready).toMatchObject({ state: 'ready', done: ready.total })
  const [member] = (await groups.listMembers('rich')).data
  expect(member).toMatchObject({ customerId: id, source: 'rule', why })
  const [membership] = (await customers.listGroups(id)).data
  expect(membership).toMatchObject({ key: 'rich', source: 'rule', why })
  const refusal: CommerceError = await customers.removeFromGroup(id, 'rich').then(
    () => Promise.reject(new Error('it was removed')),
    (error) => error,
  )
  expect([refusal.code, refusal.why]).toEqual(['membership_by_rule', why])
  expect((await groups.update('rich', { rule: null })).rule).toBeNull()
  await app.drain()
  expect((await groups.listMembers('rich')).data).toEqual([])
})

test('a rule that reads what shoppers can change needs a word', async () => {
  const rule = { country: 'US' }
  for (const call of [() => groups.create({ key: 'us', rule }), () => groups.preview({ rule })]) {
    await expect(call()).rejects.toMatchObject({
      code: 'rule_not_trusted',
      errors: [{ path: 'rule.country', code: 'shopper_value' }],
      why: undefined,
    })
  }
  await groups.create({ key: 'us', rule, allowShopperValues: true })
  await expect(groups.update('us', { allowShopperValues: false })).rejects.toMatchObject({
    code: 'rule_not_trusted',
  })
})

test('all who match a filter are added: with counts, or by a job that the group shows', async () => {
  await crowd(app, 1001)
  const few = await groups.changeMembers('bulk', { add: { filter: { minSpent: 1 } } })
  expectTypeOf(few).toEqualTypeOf<MemberChanges | Group>()
  expect(few).toMatchObject({ added: 1, notFound: 0 })
  const many = await groups.changeMembers('bulk', { add: { filter: { status: ['active'] } } })
  expect('state' in many && many).toMatchObject({ key: 'bulk', state: 'running', done: 0 })
  const counts = await groups.changeMembers('bulk', { remove: [] })
  expectTypeOf(counts).toEqualTypeOf<MemberChanges>()
})

test('a preview, which writes nothing, is sent again without a key', async () => {
  const { commerce, sent } = scripted([lost, answers(200, { count: 0 })])
  await commerce.groups.preview({ rule: { minOrders: 5 } })
  expect(sent.map(({ headers }) => headers.get('Idempotency-Key'))).toEqual([null, null])
})
