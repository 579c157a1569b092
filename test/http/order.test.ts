import { expect, test, vi } from 'vitest'
import { correctCounters, recordOrders } from '#core/order'
import { Refusal } from '#kernel/error'
import { newId } from '#kernel/id'
import { systemContext } from '../../src/runtime.ts'
import { startTestApp } from '../support/app.ts'
import { meanwhile } from '../support/meanwhile.ts'
import { sql } from '../support/sql.ts'
import { withNames } from '../support/with-names.ts'

const app = await startTestApp()
const { call, tenant, db, wire } = app

let count = 0
const customer = async () => {
  const { body } = await call('POST', '/customer', {
    body: { email: `buyer${++count}@example.com` },
  })
  return body.id as string
}

const order = (fields: object = {}) => ({
  total: 2500,
  refunded: 0,
  currency: 'USD',
  state: 'paid' as const,
  placedAt: '2026-06-01T08:00:00.000Z',
  version: 1,
  ...fields,
})

const record = (id: string, orderId: string, fields: object = {}) =>
  call('PUT', `/customer/${id}/order/${encodeURIComponent(orderId)}`, { body: order(fields) })

/** A moment from now, with a zone of its own. */
const inHours = (hours: number) =>
  new Date(app.runtime.now().getTime() + hours * 3_600_000).toISOString().replace('Z', '+00:00')

const counters = async (id: string) => {
  const { orderCount, totalSpent, spent, lastOrderAt } = (await call('GET', `/customer/${id}`)).body
  return { orderCount, totalSpent, spent, lastOrderAt }
}

const nothing = { orderCount: 0, totalSpent: 0, spent: [], lastOrderAt: null }

const system = () => {
  const ctx = systemContext(app.runtime, tenant, 'test')
  if (ctx === undefined) throw new Error('no tenant')
  return ctx
}

const eventsOf = async (id: string) => {
  const [events = []] = await db.run([
    sql`select sequence, type, data from event where tenant = ${tenant} and customer_id = ${id} order by sequence`,
  ])
  return events as { sequence: number; type: string; data: Record<string, unknown> }[]
}

test('an order is counted once, however often it is recorded', async () => {
  const id = await customer()
  const first = await record(id, 'a1', { placedAt: '2026-06-01T10:00:00+02:00' })
  expect([first.status, first.body]).toEqual([
    200,
    {
      applied: true,
      id: 'a1',
      customerId: id,
      currency: 'USD',
      total: 2500,
      refunded: 0,
      state: 'paid',
      placedAt: '2026-06-01T08:00:00.000Z',
      version: 1,
      recordedAt: expect.stringMatching(/Z$/),
    },
  ])
  const again = await record(id, 'a1')
  expect([again.status, again.body]).toEqual([200, { ...first.body, applied: false }])
  expect(await counters(id)).toEqual({
    orderCount: 1,
    totalSpent: 2500,
    spent: [{ currency: 'USD', amount: 2500, orders: 1 }],
    lastOrderAt: '2026-06-01T08:00:00.000Z',
  })
})

test('counters follow refunds, cancellations and un-cancellations, and an older version changes nothing', async () => {
  const id = await customer()
  await record(id, 'b1', { version: 1 })
  await record(id, 'b1', { version: 3, refunded: 1000 })
  expect((await counters(id)).totalSpent).toBe(1500)
  expect((await record(id, 'b1', { version: 2, refunded: 500 })).body).toMatchObject({
    applied: false,
    refunded: 1000,
    version: 3,
  })
  await record(id, 'b1', { version: 4, refunded: 1000, state: 'canceled' })
  expect(await counters(id)).toEqual(nothing)
  await record(id, 'b1', { version: 5, refunded: 1000 })
  expect(await counters(id)).toMatchObject({ orderCount: 1, totalSpent: 1500 })
})

test('two currencies are never added', async () => {
  const id = await customer()
  await record(id, 'c1')
  await record(id, 'c2', { currency: 'EUR', total: 900, placedAt: '2026-06-02T08:00:00Z' })
  await record(id, 'c3', { currency: 'EUR', total: 100, refunded: 100 })
  expect(await counters(id)).toEqual({
    orderCount: 3,
    totalSpent: 2500,
    spent: [
      { currency: 'EUR', amount: 900, orders: 2 },
      { currency: 'USD', amount: 2500, orders: 1 },
    ],
    lastOrderAt: '2026-06-02T08:00:00.000Z',
  })
})

test('a newer version that names another customer moves the order, and both are told', async () => {
  const [from, to] = [await customer(), await customer()]
  await record(from, 'd1')
  expect((await record(to, 'd1', { version: 1 })).body).toMatchObject({
    applied: false,
    customerId: from,
  })
  expect((await record(to, 'd1', { version: 2, total: 3000 })).body).toMatchObject({
    applied: true,
    customerId: to,
  })
  expect(await counters(from)).toEqual(nothing)
  expect(await counters(to)).toMatchObject({ orderCount: 1, totalSpent: 3000 })
  expect((await eventsOf(from)).at(-1)).toMatchObject({
    sequence: 3,
    type: 'customer.order_recorded',
    data: { customerId: from, order: { id: 'd1', movedTo: to }, orderCount: 0, totalSpent: 0 },
  })
  expect((await eventsOf(to)).at(-1)).toMatchObject({
    sequence: 2,
    data: { order: { id: 'd1', movedFrom: from }, orderCount: 1, totalSpent: 3000 },
  })
})

test('a recorded order is announced, and does not change the version of the customer', async () => {
  const id = await customer()
  await app.settled()
  app.sent.length = 0
  await record(id, 'e1')
  await record(id, 'e1')
  await app.settled()
  expect(app.sent.map(({ kind }) => kind)).toEqual(['announce'])
  expect((await call('GET', `/customer/${id}`)).headers.get('ETag')).toBe('W/"1"')
})

test('orders of a merged customer are its survivor’s', async () => {
  const [merged, survivor] = [await customer(), await customer()]
  await db.run([
    sql`update customer set status = 'merged', merged_into = ${survivor} where tenant = ${tenant} and id = ${merged}`,
  ])
  expect((await record(merged, 'f1')).body).toMatchObject({ applied: true, customerId: survivor })
  expect((await call('GET', `/customer/${merged}/order`)).body.data).toMatchObject([{ id: 'f1' }])
  expect((await call('GET', `/customer/${merged}/stats`)).body).toMatchObject({
    customerId: survivor,
    orderCount: 1,
  })
})

test('who was deleted gets no new orders, but what the ledger holds for it stays true, quietly', async () => {
  const id = await customer()
  await record(id, 'g1')
  await call('DELETE', `/customer/${id}`)
  const told = (await eventsOf(id)).length
  expect((await record(id, 'g2')).body.code).toBe('customer_not_found')
  expect((await record(id, 'g1', { version: 2, refunded: 2500 })).body).toMatchObject({
    applied: true,
  })
  expect(await eventsOf(id)).toHaveLength(told)
  const other = await customer()
  expect((await record(other, 'g1', { version: 3 })).body.customerId).toBe(other)
  expect((await record(id, 'g1', { version: 4 })).body.code).toBe('customer_not_found')
  expect(await counters(other)).toMatchObject({ orderCount: 1, totalSpent: 2500 })
})

test('nobody’s order, a stranger’s order and an order that makes no sense are refused', async () => {
  const id = await customer()
  const unknown = 'cust_01jz5qk8f3e8ar1vp0h2n4x6ab'
  expect((await record(unknown, 'h1')).status).toBe(404)
  const { status } = await call('PUT', `/customer/${id}/order/h1`, {
    body: order(),
    token: app.tokens.stranger,
  })
  expect(status).toBe(404)
  expect((await record(id, 'h 1')).body.errors).toMatchObject([{ path: 'orderId' }])
  const wrong = await record(id, 'h1', {
    total: 1,
    refunded: 2,
    currency: 'XXX',
    state: 'open',
    placedAt: '2026-06-01',
    version: 0,
  })
  expect(wrong.status).toBe(422)
  expect(wrong.body.errors.map(({ path }: { path: string }) => path).sort()).toEqual([
    'currency',
    'placedAt',
    'state',
    'version',
  ])
  expect((await record(id, 'h1', { refunded: 2501 })).body.errors).toMatchObject([
    { path: 'refunded', code: 'too_big' },
  ])
})

test.each([
  ['a currency in small letters', { currency: ' usd ' }, { currency: 'USD' }],
  ['a currency that was withdrawn', { currency: 'hrk' }, { currency: 'HRK' }],
  [
    'a clock that runs ahead',
    { placedAt: inHours(23) },
    { placedAt: expect.stringContaining('Z') },
  ],
])('%s is read', async (_, fields, recorded) => {
  const { status, body } = await record(await customer(), `read-${++count}`, fields)
  expect([status, body]).toMatchObject([200, { applied: true, ...recorded }])
})

test.each([
  ['no currency', { currency: 'XXX' }, 'currency', 'invalid_currency'],
  ['the currency of tests', { currency: 'xts' }, 'currency', 'invalid_currency'],
  ['gold', { currency: 'XAU' }, 'currency', 'invalid_currency'],
  ['an unknown currency', { currency: 'ABC' }, 'currency', 'invalid_currency'],
  ['a sign', { currency: '€' }, 'currency', 'invalid_currency'],
  ['a letter that grows in capitals', { currency: 'uﬀ' }, 'currency', 'invalid_currency'],
  ['next year', { placedAt: inHours(25) }, 'placedAt', 'too_big'],
  ['more refunded than paid', { refunded: 2501 }, 'refunded', 'too_big'],
  ['less than nothing', { total: -1 }, 'total', 'too_small'],
  ['half a cent', { total: 0.5 }, 'total', 'invalid_type'],
  ['more than is exact', { total: 2 ** 53 }, 'total', 'too_big'],
  ['a refund below nothing', { refunded: -1 }, 'refunded', 'too_small'],
])('an order with %s is refused and changes nothing', async (_, fields, path, code) => {
  const id = await customer()
  const { status, body } = await record(id, `refused-${++count}`, fields)
  expect([status, body.errors?.[0]]).toMatchObject([422, { path, code }])
  expect(await counters(id)).toEqual(nothing)
})

test('a batch is one statement: newest wins within it, and each order is told of', async () => {
  const ids = [await customer(), await customer()]
  const [first = '', second = ''] = ids
  const given = (customerId: string, orderId: string, fields: object = {}) => ({
    customerId,
    orderId,
    ...order(fields),
  })
  wire.reset()
  const recorded = await recordOrders(system(), [
    given(first, 'i1', { version: 2, total: 700 }),
    given(second, 'i2'),
    given(first, 'i1', { version: 1 }),
    given('cust_01jz5qk8f3e8ar1vp0h2n4x6ab', 'i3'),
    given(first, 'i4', { version: 1, total: 50 }),
    ...Array.from({ length: 95 }, (_, n) => given(second, `i${10 + n}`, { total: 1 })),
  ])
  expect(wire.count()).toMatchObject({ trips: 1, statements: 1 })
  const shown = recorded.map((one) =>
    one instanceof Refusal ? one.code : [one.id, one.applied, one.total],
  )
  expect(shown.slice(0, 5)).toEqual([
    ['i1', true, 700],
    ['i2', true, 2500],
    ['i1', false, 700],
    'customer_not_found',
    ['i4', true, 50],
  ])
  expect(await counters(first)).toMatchObject({ orderCount: 2, totalSpent: 750 })
  expect(await counters(second)).toMatchObject({ orderCount: 96, totalSpent: 2595 })
  const sequences = (await eventsOf(second)).map(({ sequence }) => sequence)
  expect(sequences).toEqual(Array.from({ length: 97 }, (_, n) => n + 1))
})

test('many who record and move the same orders at once lose and invent nothing', async () => {
  const ids = [await customer(), await customer(), await customer()]
  await Promise.all(
    Array.from({ length: 60 }, (_, n) =>
      record(ids[n % 3] ?? '', `j${n % 5}`, { version: n + 1, total: 100 + n }),
    ),
  )
  const sums = await Promise.all(ids.map(counters))
  const [ledger = []] = await db.run([
    sql`select customer_id, count(*)::int as orders, sum(gross)::int as gross from "order"
      where tenant = ${tenant} and id like 'j_' group by customer_id`,
  ])
  for (const [n, id] of ids.entries()) {
    const held = ledger.find((row) => row.customer_id === id)
    expect(sums[n]).toMatchObject({ orderCount: held?.orders ?? 0, totalSpent: held?.gross ?? 0 })
    const sequences = (await eventsOf(id)).map(({ sequence }) => sequence)
    expect(sequences).toEqual(sequences.map((_, at) => at + 1))
  }
  const [orders = []] = await db.run([
    sql`select id, version::int from "order" where tenant = ${tenant} and id like 'j_' order by id`,
  ])
  expect(orders.map(({ version }) => version)).toEqual([56, 57, 58, 59, 60])
})

test('two who record one new order for different customers at once both are heard: the newer version has it', async () => {
  const [first, second] = [await customer(), await customer()]
  const twin = {
    place: 0,
    id: 'twin',
    customer_id: first,
    currency: 'USD',
    gross: 2500,
    refunded: 0,
    state: 'paid',
    placed_at: '2026-06-01T08:00:00.000Z',
    version: 1,
    event: newId('event', new Date()),
    job: newId('job', new Date()),
  }
  const later = await meanwhile(
    withNames(`select record_orders($1, $2, 'USD', '{"type":"service","id":"test"}', null, now())`),
    [tenant, JSON.stringify([twin])],
    () => record(second, 'twin', { version: 2 }),
  )
  expect(later).toMatchObject({ status: 200, body: { applied: true, customerId: second } })
  expect(await counters(first)).toEqual(nothing)
  expect(await counters(second)).toMatchObject({ orderCount: 1, totalSpent: 2500 })
})

test('a customer’s orders are listed newest first, page by page', async () => {
  const id = await customer()
  for (let n = 1; n <= 5; n++) {
    await record(id, `k${n}`, {
      placedAt: `2026-06-0${Math.ceil(n / 2)}T08:00:00Z`,
      state: n === 2 ? 'canceled' : 'paid',
    })
  }
  const seen: string[] = []
  let cursor = ''
  do {
    const { body } = await call('GET', `/customer/${id}/order?limit=2${cursor}`)
    seen.push(...body.data.map((one: { id: string }) => one.id))
    cursor = body.pagination.nextCursor === null ? '' : `&cursor=${body.pagination.nextCursor}`
  } while (cursor !== '')
  expect(seen).toEqual(['k5', 'k4', 'k3', 'k2', 'k1'])
  const canceled = await call('GET', `/customer/${id}/order?state=canceled`)
  expect(canceled.body.data).toMatchObject([{ id: 'k2', state: 'canceled' }])
  const page = await call('GET', `/customer/${id}/order?limit=2`)
  const stolen = await call(
    'GET',
    `/customer/${await customer()}/order?cursor=${page.body.pagination.nextCursor}`,
  )
  expect([stolen.status, stolen.body.code]).toEqual([422, 'invalid_cursor'])
})

test('the numbers explain themselves', async () => {
  const id = await customer()
  await record(id, 'l1', { refunded: 500 })
  await record(id, 'l2', { currency: 'EUR', total: 900, placedAt: '2026-06-02T08:00:00Z' })
  await record(id, 'l3', { state: 'canceled', placedAt: '2026-06-03T08:00:00Z' })
  const plain = await call('GET', `/customer/${id}/stats`)
  expect(plain.body).toEqual({ customerId: id, currency: 'USD', ...(await counters(id)) })
  const { body } = await call('GET', `/customer/${id}/stats?explain=true`)
  expect(body.explain).toEqual({
    orderCount: ['l2', 'l1'],
    totalSpent: [{ orderId: 'l1', amount: 2000 }],
    spent: [
      { orderId: 'l2', currency: 'EUR', amount: 900 },
      { orderId: 'l1', currency: 'USD', amount: 2000 },
    ],
    lastOrderAt: 'l2',
    canceled: ['l3'],
    complete: true,
  })
  expect((await call('GET', `/customer/${id}/stats?explain=maybe`)).status).toBe(422)
  const unknown = await call('GET', '/customer/cust_01jz5qk8f3e8ar1vp0h2n4x6ab/stats')
  expect(unknown.body.code).toBe('customer_not_found')
})

test('counters that drifted from the ledger are found, shown and mended', async () => {
  const [right, wrong] = [await customer(), await customer()]
  await record(right, 'm1')
  await record(wrong, 'm2')
  await db.run([
    sql`update customer set order_count = 7, spent = '{}' where tenant = ${tenant} and id = ${wrong}`,
  ])
  const warn = vi.spyOn(console, 'warn').mockReturnValue()
  expect(await correctCounters(system())).toBe(false)
  expect(warn.mock.lastCall?.[0]).toMatch(/counters compared.*"mended":1}/)
  warn.mockRestore()
  expect(await counters(wrong)).toEqual(await counters(right))
  const { body } = await call('GET', '/drift')
  const usd = { USD: { amount: 2500, orders: 1 } }
  const at = '2026-06-01T08:00:00.000Z'
  expect(body.data).toEqual([
    {
      customerId: wrong,
      counted: { orderCount: 7, totalSpent: 2500, spent: {}, lastOrderAt: at },
      ledger: { orderCount: 1, totalSpent: 2500, spent: usd, lastOrderAt: at },
      mendedAt: expect.stringMatching(/Z$/),
    },
  ])
  await correctCounters(system())
  expect((await call('GET', '/drift')).body.data).toHaveLength(1)
})

test('each of these waits for one round trip', async () => {
  const id = await customer()
  for (const request of [
    () => record(id, 'n1'),
    () => call('GET', `/customer/${id}/order`),
    () => call('GET', `/customer/${id}/stats?explain=true`),
    () => call('GET', '/drift'),
  ]) {
    wire.reset()
    await request()
    expect(wire.count().trips).toBe(1)
  }
})
