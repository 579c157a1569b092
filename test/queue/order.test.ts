import { expect, test } from 'vitest'
import { receive } from '../../src/queue/index.ts'
import { startTestApp } from '../support/app.ts'
import { batchOf } from '../support/batch.ts'
import { seededRandom } from '../support/random.ts'
import { sql } from '../support/sql.ts'

const app = await startTestApp()
const { call, queue, tenant, runtime, wire } = app

let people = 0
const customer = async (token?: string) => {
  const { body } = await call('POST', '/customer', {
    body: { email: `queue${++people}@example.com` },
    ...(token === undefined ? {} : { token }),
  })
  return body.id as string
}

const message = (customerId: string, orderId: string, fields: object = {}) => ({
  tenant,
  customerId,
  orderId,
  total: 1000,
  refunded: 0,
  currency: 'USD',
  state: 'paid',
  placedAt: '2026-06-01T08:00:00Z',
  version: 1,
  ...fields,
})

const receiveOrders = (bodies: readonly unknown[]) => {
  const { batch, settled } = batchOf(bodies, { queue: 'customer-order' })
  return receive(batch, runtime).then(() => settled)
}

const counters = async (id: string) => {
  const { orderCount, totalSpent } = (await call('GET', `/customer/${id}`)).body
  return { orderCount, totalSpent }
}

const deadLetters = async () => (await call('GET', '/dead-letter')).body.data

test('a hundred messages are one round trip, and each is told of', async () => {
  const ids = await Promise.all([customer(), customer(), customer()])
  await app.drain()
  const batch = Array.from({ length: 100 }, (_, n) => message(ids[n % 3] ?? '', `h${n}`))
  const sent = app.sent.length
  wire.reset()
  expect(Object.values(await receiveOrders(batch))).toEqual(batch.map(() => 'ack'))
  expect(wire.count()).toMatchObject({ trips: 1, statements: 1 })
  expect(await counters(ids[0] ?? '')).toEqual({ orderCount: 34, totalSpent: 34_000 })
  expect(app.sent.length - sent).toBe(100)
})

test('each message is settled by itself', async () => {
  const id = await customer()
  const elsewhere = await customer(app.tokens.stranger)
  const settled = await receiveOrders([
    message(id, 'a1'),
    message(id, 'a2', { total: -1 }),
    message('cust_01jz5qk8f3e8ar1vp0h2n4x6ab', 'a3'),
    message(elsewhere, 'a4'),
    message(elsewhere, 'a5', { tenant: app.otherTenant }),
    message(id, 'a6', { tenant: 'nobody' }),
    'garbage',
    message(id, 'a7', { note: 'unknown' }),
  ])
  expect(settled).toEqual({
    m0: 'ack',
    m1: { retry: 5 },
    m2: { retry: 5 },
    m3: { retry: 5 },
    m4: 'ack',
    m5: { retry: 5 },
    m6: { retry: 5 },
    m7: { retry: 5 },
  })
  expect(await counters(id)).toEqual({ orderCount: 1, totalSpent: 1000 })
})

test('an order of next week waits as a dead letter, and pins no counter of its neighbours', async () => {
  const id = await customer()
  const ahead = (days: number) =>
    new Date(runtime.now().getTime() + days * 86_400_000).toISOString()
  const bodies = [
    message(id, 'w1', { placedAt: ahead(7) }),
    message(id, 'w2', { currency: 'usd' }),
    message(id, 'w3', { currency: 'XXX' }),
  ]
  expect(await receiveOrders(bodies)).toEqual({
    m0: { retry: 5 },
    m1: 'ack',
    m2: { retry: 5 },
  })
  expect(await counters(id)).toEqual({ orderCount: 1, totalSpent: 1000 })
  const dead = batchOf(bodies.slice(0, 1), { queue: 'customer-dead' })
  await receive(dead.batch, runtime)
  const [letter] = await deadLetters()
  expect(letter).toMatchObject({ kind: 'order' })
  await call('POST', `/dead-letter/${letter.id}/replay`)
  await app.drain()
  expect(await counters(id)).toEqual({ orderCount: 1, totalSpent: 1000 })
})

test('a database that does not answer sends the whole batch back, and the next try records it once', async () => {
  const id = await customer()
  const batch = [message(id, 'b1'), message(id, 'b2')]
  wire.faults.add({ at: 'after', do: 'cut' })
  expect(await receiveOrders(batch)).toEqual({ m0: { retry: 5 }, m1: { retry: 5 } })
  expect(await receiveOrders(batch)).toEqual({ m0: 'ack', m1: 'ack' })
  expect(await counters(id)).toEqual({ orderCount: 2, totalSpent: 2000 })
})

test('what spoils a set does not spoil the rest of it', async () => {
  const id = await customer()
  await app.db.run([
    sql`alter table "order" add constraint order_not_spoilt check (id <> ${sql.raw(`'spoilt-${tenant}'`)})`,
  ])
  const orders = ['c1', `spoilt-${tenant}`, 'c2', 'c3']
  const settled = await receiveOrders(orders.map((orderId) => message(id, orderId)))
  await app.db.run([sql`alter table "order" drop constraint order_not_spoilt`])
  expect(settled).toEqual({ m0: 'ack', m1: { retry: 5 }, m2: 'ack', m3: 'ack' })
  expect(await counters(id)).toEqual({ orderCount: 3, totalSpent: 3000 })
})

test('a queue that repeats, reorders and forgets what it was told changes no sum', async () => {
  const ids = await Promise.all([customer(), customer()])
  queue.hostility = { random: seededRandom(7), duplicates: 0.3, lostAcks: 0.2, consumers: 4 }
  const states = Array.from({ length: 60 }, (_, n) =>
    message(ids[n % 2] ?? '', `d${n % 6}`, {
      version: n + 1,
      total: 100 * (n + 1),
      refunded: n,
      state: n % 5 === 0 ? 'canceled' : 'paid',
    }),
  )
  queue.send(
    'customer-order',
    states.map((body) => ({ body })),
  )
  for (let tries = 0; tries < 40 && queue.waiting > 0; tries++) {
    await app.drain()
    app.advance(3_600_000)
  }
  queue.hostility = undefined
  const last = states.slice(-6)
  for (const [n, id] of ids.entries()) {
    const paid = last.filter((one, at) => at % 2 === n && one.state === 'paid')
    expect(await counters(id)).toEqual({
      orderCount: paid.length,
      totalSpent: paid.reduce((sum, one) => sum + one.total - one.refunded, 0),
    })
  }
})

test('an order of nobody becomes a dead letter, which can be replayed when there is somebody', async () => {
  const id = 'cust_01jz5qk8f3e8ar1vp0h2n4x6ab'
  queue.send('customer-order', [{ body: message(id, 'e1') }])
  for (let tries = 0; tries <= 11; tries++) {
    await app.drain()
    app.advance(3_600_000)
  }
  expect(queue.waiting).toBe(0)
  const [letter] = await deadLetters()
  expect(letter).toMatchObject({ kind: 'order', message: { orderId: 'e1' }, replayedAt: null })
  await app.db.run([
    sql`insert into customer (tenant, id, email, email_key, status, created_at, updated_at)
      values (${tenant}, ${id}, 'late@example.com', 'late@example.com', 'guest', id_moment(${id}), id_moment(${id}))`,
  ])
  expect((await call('POST', `/dead-letter/${letter.id}/replay`)).status).toBe(202)
  await app.drain()
  expect(await counters(id)).toEqual({ orderCount: 1, totalSpent: 1000 })
  const [jobs = []] = await app.db.run([
    sql`select from job where tenant = ${tenant} and kind = 'order'`,
  ])
  expect(jobs).toHaveLength(0)
})

test('an order that is replayed too early is buried again', async () => {
  queue.send('customer-order', [{ body: message('cust_01jz5qk8f3e8ar1vp0h2n4x6ac', 'f1') }])
  const wait = async () => {
    for (let tries = 0; tries <= 11; tries++) {
      await app.drain()
      app.advance(3_600_000)
    }
  }
  await wait()
  const [first] = await deadLetters()
  await call('POST', `/dead-letter/${first.id}/replay`)
  await wait()
  const [again] = await deadLetters()
  expect(again.id).not.toBe(first.id)
  expect(again).toMatchObject({ kind: 'order', replayedAt: null })
})
