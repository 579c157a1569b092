import { expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { startTestApp } from '../support/app.ts'
import { sql } from '../support/sql.ts'

const app = await startTestApp()
const { call, tenant } = app

/** Customers who differ in what they have spent, in minor units. */
const fill = (many: number, spent: number) => {
  const now = app.runtime.now()
  const ids = Array.from({ length: many }, () => newId('customer', now))
  return app.db.run([
    sql`insert into customer (tenant, id, email, email_key, status, total_spent, created_at, updated_at)
      select ${tenant}, id, id || '@example.com', id || '@example.com', 'active', ${spent}, ${now.toISOString()}, now()
      from json_array_elements_text(${JSON.stringify(ids)}::json) id`,
  ])
}
await fill(3, 100)
await fill(1497, 5000)

const add = (key: string, filter: object, headers = {}) =>
  call('POST', `/group/${key}/member`, { body: { add: { filter } }, headers })
const count = async (key: string) =>
  (await call('GET', `/group/${key}/member?count=exact&limit=1`)).body.pagination.total

test('up to a thousand who match are added at once, with counts', async () => {
  const first = await add('some', { maxSpent: 100 })
  expect([first.status, first.body]).toEqual([
    200,
    { added: 3, removed: 0, unchanged: 0, keptByRule: 0, notFound: 0 },
  ])
  expect((await add('some', { maxSpent: 100 })).body).toMatchObject({ added: 0, unchanged: 3 })
})

test('more are added by a job, whose progress the group shows; nobody is told twice', async () => {
  const { status, body } = await add('many', { minSpent: 5000 })
  expect([status, body]).toEqual([
    202,
    expect.objectContaining({ key: 'many', state: 'running', done: 0 }),
  ])
  await app.drain()
  expect(await count('many')).toBe(1497)
  const { body: ready } = await call('GET', '/group/many')
  expect([ready.state, ready.done, ready.total]).toEqual(['ready', 1500, 1500])
  const events = async () => {
    const [rows] = await app.db.run([
      sql`select count(*)::int as n from event where tenant = ${tenant} and type = 'customer.group_added' and data ->> 'group' = 'many'`,
    ])
    return rows?.[0]?.n
  }
  expect(await events()).toBe(1497)
  await add('many', { minSpent: 5000 })
  await app.drain()
  expect(await events()).toBe(1497)
})

test('a repeat under its key gets the first answer, whichever it was', async () => {
  for (const [key, filter] of [
    ['few-kept', { maxSpent: 100 }],
    ['many-kept', { minSpent: 5000 }],
  ] as const) {
    const headers = { 'Idempotency-Key': key }
    const first = await add(key, filter, headers)
    const again = await add(key, filter, headers)
    expect([again.status, again.text]).toEqual([first.status, first.text])
    expect(again.headers.get('Idempotent-Replayed')).toBe('true')
  }
})

test('a group that is deleted meanwhile does not come back', async () => {
  await add('short', { minSpent: 5000 })
  await call('DELETE', '/group/short')
  await app.drain()
  expect((await call('GET', '/group/short')).status).toBe(404)
})

test('a filter that the list would refuse is refused', async () => {
  const refused = await add('some', { 'metadata.secret': 'a' })
  expect([refused.status, refused.body.errors[0].code]).toEqual([422, 'not_declared'])
})
