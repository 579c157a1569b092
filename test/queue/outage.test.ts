import { afterEach, expect, test } from 'vitest'
import type { InjectedFault } from '../../dev/neon-wire/injected-fault.ts'
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

const answer = (code: string, status = 400): InjectedFault => ({
  at: 'before',
  do: 'answer',
  status,
  code,
})
const outages: readonly [name: string, fault: InjectedFault][] = [
  ['does not answer', { at: 'before', do: 'cut' }],
  ['starts', answer('57P03')],
  ['shuts down', answer('57P01')],
  ['is read-only', answer('25006')],
  ['is full', answer('53100')],
  ['has no connection left', answer('53300')],
  ['is in deadlocks', answer('40P01')],
  ['is not reached by Neon', { at: 'before', do: 'answer', status: 500 }],
]

test.each(outages)('no try is the last one while the database %s', async (_, fault) => {
  await call('POST', '/customer', { body: { email: `${crypto.randomUUID()}@example.com` } })
  await app.settled()
  queue.loseEverything()
  const bodies: readonly [queue: string, body: unknown][] = [
    ['customer', app.sent.at(-1)],
    ['customer-order', order(nobody, 'away')],
    ['customer-delivery', { tenant, id: 'whk_1', kind: 'deliver' }],
    ['customer-dead', order(nobody, 'away')],
  ]
  wire.faults.always = () => fault
  for (const [name, body] of bodies) {
    const { batch, settled } = batchOf([body], { queue: name, attempts: 40 })
    await receive(batch, runtime)
    expect([name, settled]).toEqual([name, { m0: { retry: 3600 } }])
  }
  wire.faults.clear()
  expect(await letters()).toEqual([])
})

test('what was sent before an outage of a day is done after it', async () => {
  const { body } = await call('POST', '/customer', { body: { email: 'day@example.com' } })
  await app.settled()
  queue.send('customer-order', [{ body: order(body.id, 'day') }])
  wire.faults.always = () => ({ at: 'before', do: 'cut' })
  for (let hours = 0; hours < 24; hours++) {
    await app.drain()
    app.advance(HOUR)
  }
  expect(queue.waiting).toBe(2)
  wire.faults.clear()
  await app.drain()
  expect(queue.waiting).toBe(0)
  expect((await call('GET', `/customer/${body.id}`)).body.orderCount).toBe(1)
  expect(await letters()).toEqual([])
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
