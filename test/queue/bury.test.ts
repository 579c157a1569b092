import { expect, test } from 'vitest'
import { receive } from '../../src/queue/index.ts'
import { startTestApp } from '../support/app.ts'
import { batchOf } from '../support/batch.ts'
import { sql } from '../support/sql.ts'

const app = await startTestApp()
const { runtime, tenant, otherTenant, queue, call } = app

const letters = async (of = tenant) => {
  const [found = []] = await app.db.run([
    sql`select kind, subject, body, payload, attempts from dead_letter where tenant = ${of} order by kind, subject`,
  ])
  return found
}

const bury = (bodies: readonly unknown[]) => {
  const { batch, settled } = batchOf(bodies, { queue: 'customer-dead' })
  return receive(batch, runtime).then(() => settled)
}

test('what no consumer understands is kept after the last try, once', async () => {
  queue.send('customer', [{ body: { tenant, id: 'x1', kind: 'frobnicate' } }])
  for (let tries = 0; tries <= 11; tries++) {
    await app.drain()
    app.advance(3_600_000)
  }
  expect(queue.waiting).toBe(0)
  expect(await letters()).toMatchObject([{ kind: 'frobnicate', subject: 'x1', payload: null }])
})

test('a buried job is no longer relayed, and its letter keeps what it was about', async () => {
  await call('POST', '/customer', { body: { email: 'buried@example.com' } })
  await app.settled()
  queue.loseEverything()
  const message = app.sent.at(-1)
  expect(await bury([message, message])).toEqual({ m0: 'ack', m1: 'ack' })
  expect(await bury([message])).toEqual({ m0: 'ack' })
  const kept = (await letters()).filter(({ kind }) => kind === 'announce')
  expect(kept).toMatchObject([
    { subject: message?.id, body: message, payload: { event: expect.stringMatching(/^evt_/) } },
  ])
  app.advance(3_600_000)
  await app.cron()
  expect(queue.waiting).toBe(0)
})

test('a job that was done meanwhile leaves no letter', async () => {
  await call('POST', '/customer', { body: { email: 'done@example.com' } })
  await app.drain()
  const before = (await letters()).length
  expect(await bury([app.sent.at(-1)])).toEqual({ m0: 'ack' })
  expect(await letters()).toHaveLength(before)
})

test('garbage is kept with the first tenant, whatever it is made of', async () => {
  const cycle: Record<string, unknown> = {}
  cycle.self = cycle
  const garbage = [
    null,
    'a \u0000 b',
    '\ud800',
    { 'k\u0000': 1 },
    undefined,
    12n,
    cycle,
    { tenant: 'nobody', id: 'j', kind: 'announce' },
  ]
  expect(Object.values(await bury(garbage))).toEqual(garbage.map(() => 'ack'))
  const kept = (await letters()).filter(({ kind }) => kind === 'unreadable')
  expect(kept.map(({ body }) => body)).toEqual([
    null,
    'a \u0000 b',
    '\ud800',
    { 'k\u0000': 1 },
    null,
    null,
    null,
    { tenant: 'nobody', id: 'j', kind: 'announce' },
  ])
  expect(await letters(otherTenant)).toHaveLength(0)
})

test('a database that does not answer sends dead letters back to their queue', async () => {
  app.wire.faults.add({ at: 'before', do: 'cut' }, { at: 'before', do: 'cut' })
  expect(await bury(['one'])).toEqual({ m0: { retry: 5 } })
  app.wire.faults.clear()
})

test('a wake-up has no row and is kept, once, however often it is given up', async () => {
  const wake = { tenant, id: 'whk_1', kind: 'deliver' }
  expect(await bury([wake, wake])).toEqual({ m0: 'ack', m1: 'ack' })
  expect(await bury([wake])).toEqual({ m0: 'ack' })
  expect((await letters()).filter(({ kind }) => kind === 'deliver')).toMatchObject([
    { subject: 'whk_1', body: wake, payload: null },
  ])
})

test('a queue without a consumer is our own mistake', async () => {
  const { batch } = batchOf(['one'], { queue: 'other' })
  await expect(receive(batch, runtime)).rejects.toThrow('no consumer')
})
