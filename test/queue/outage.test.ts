import { afterEach, expect, test } from 'vitest'
import type { Fault } from '../../dev/wire/fault.ts'
import { receive } from '../../src/queue/index.ts'
import { startTestApp } from '../support/app.ts'
import { batchOf } from '../support/batch.ts'

const app = await startTestApp()
const { call, queue, tenant, runtime, wire } = app

const HOUR = 3_600_000
const nobody = 'cust_01jz5qk8f3e8ar1vp0h2n4x6ab'
const order = (customerId: string, orderId: string) => ({
  tenant,
  customerId,
  orderId,
  total: 1000,
  currency: 'USD',
  state: 'paid',
  placedAt: '2026-06-01T08:00:00Z',
  version: 1,
})
const letters = async () => (await call('GET', '/dead-letter?limit=100')).body.data

afterEach(() => wire.faults.clear())

const outages: readonly [name: string, fault: Fault][] = [
  ['does not answer', { at: 'before', do: 'cut' }],
  ['starts', { at: 'before', do: 'answer', status: 400, code: '57P03' }],
  ['is read-only', { at: 'before', do: 'answer', status: 400, code: '25006' }],
  ['is full', { at: 'before', do: 'answer', status: 400, code: '53100' }],
  ['is in deadlocks', { at: 'before', do: 'answer', status: 400, code: '40P01' }],
  ['is not reached by Neon', { at: 'before', do: 'answer', status: 500 }],
]

test.each(outages)('nothing is buried while the database %s for a day', async (_, fault) => {
  const { body } = await call('POST', '/customer', {
    body: { email: `${crypto.randomUUID()}@example.com` },
  })
  await app.settled()
  const orderId = crypto.randomUUID()
  queue.send('customer-order', [{ body: order(body.id, orderId) }])
  queue.send('customer-delivery', [{ body: { tenant, id: 'whk_1', kind: 'deliver' } }])
  queue.send('customer-dead', [{ body: order(body.id, `dead-${orderId}`) }])
  wire.faults.always = () => fault
  for (let hours = 0; hours < 24; hours++) {
    await app.drain()
    app.advance(HOUR)
  }
  expect(queue.waiting).toBe(4)
  wire.faults.clear()
  await app.drain()
  expect(queue.waiting).toBe(0)
  expect((await call('GET', `/customer/${body.id}`)).body.orderCount).toBe(1)
  expect((await letters()).map(({ message }: { message: object }) => message)).toEqual([
    order(body.id, `dead-${orderId}`),
  ])
  await app.db.run([{ text: 'delete from dead_letter where tenant = $1', values: [tenant] }])
})

test('after its tries, what fails by its own fault is buried by its consumer, with its queue and its tries', async () => {
  const bodies: readonly [queue: string, body: unknown, kind: string][] = [
    ['customer', { tenant, id: 'x1', kind: 'frobnicate' }, 'frobnicate'],
    ['customer-delivery', { tenant, odd: true }, 'unreadable'],
    ['customer-order', { ...order(nobody, 'o1'), total: -1 }, 'unreadable'],
    ['customer-order', order(nobody, 'o2'), 'order'],
  ]
  for (const [name, body, kind] of bodies) {
    const early = batchOf([body], { queue: name, attempts: 10, prefix: kind })
    await receive(early.batch, runtime)
    expect(early.settled).toEqual({ m0: { retry: 2560 } })
    const last = batchOf([body], { queue: name, attempts: 40, prefix: `${name} ${kind}` })
    await receive(last.batch, runtime)
    expect(last.settled).toEqual({ m0: 'ack' })
    const [letter] = await letters()
    expect(letter).toMatchObject({ queue: name, kind, message: body, attempts: 40 })
  }
})

test('a message that cannot be buried goes back', async () => {
  wire.faults.always = () => ({ at: 'before', do: 'cut' })
  const { batch, settled } = batchOf(['odd'], { attempts: 11 })
  await receive(batch, runtime)
  expect(settled).toEqual({ m0: { retry: 3600 } })
})
